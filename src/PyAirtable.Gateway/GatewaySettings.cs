using PyAirtable.Hosting.Settings;

namespace PyAirtable.Gateway;

/// <summary>Settings of the gateway service.</summary>
public sealed record GatewaySettings
{
    /// <summary>Value of an upstream URL that stands for the module of this same process.</summary>
    public const string InProcess = "in-process";

    /// <summary>Where it listens.</summary>
    public required ListenSettings Listen { get; init; }

    /// <summary>The key that clients send.</summary>
    public required string ApiKey { get; init; }

    /// <summary>Reads them. <paramref name="portName"/> is the variable of its port: <c>PORT</c>, or one of its own in the all-in-one.</summary>
    public static GatewaySettings Read(SettingsReader settings, ProcessSettings process, string portName = "PORT")
    {
        settings.Section = "Gateway";
        return new GatewaySettings { Listen = ListenSettings.Read(settings, portName, 8000), ApiKey = settings.Secret("API_KEY", "", "The key that clients send.") };
    }
}
