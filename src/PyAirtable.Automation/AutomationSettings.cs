using PyAirtable.Hosting.Settings;

namespace PyAirtable.Automation;

/// <summary>Settings of the automation service.</summary>
public sealed record AutomationSettings
{
    /// <summary>Where it listens.</summary>
    public required ListenSettings Listen { get; init; }

    /// <summary>Reads them. <paramref name="portName"/> is the variable of its port: <c>PORT</c>, or one of its own in the all-in-one.</summary>
    public static AutomationSettings Read(SettingsReader settings, ProcessSettings process, string portName = "PORT")
    {
        settings.Section = "Automation";
        return new AutomationSettings { Listen = ListenSettings.Read(settings, portName, 8006) };
    }
}
