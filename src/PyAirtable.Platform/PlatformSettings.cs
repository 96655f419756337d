using PyAirtable.Hosting.Settings;

namespace PyAirtable.Platform;

/// <summary>Settings of the platform service.</summary>
public sealed record PlatformSettings
{
    /// <summary>Where it listens.</summary>
    public required ListenSettings Listen { get; init; }

    /// <summary>Reads them. <paramref name="portName"/> is the variable of its port: <c>PORT</c>, or one of its own in the all-in-one.</summary>
    public static PlatformSettings Read(SettingsReader settings, ProcessSettings process, string portName = "PORT")
    {
        settings.Section = "Platform";
        return new PlatformSettings { Listen = ListenSettings.Read(settings, portName, 8007) };
    }
}
