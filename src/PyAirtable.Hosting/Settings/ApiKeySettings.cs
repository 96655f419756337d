namespace PyAirtable.Hosting.Settings;

/// <summary>The keys that a service takes from its clients: the one of <c>API_KEY</c>, and those of <c>API_KEYS</c> beside it.</summary>
public static class ApiKeySettings
{
    /// <summary>Reads <c>API_KEYS</c>.</summary>
    /// <param name="settings">Where from.</param>
    /// <param name="first">The key of <c>API_KEY</c>; may be empty.</param>
    public static IReadOnlyList<string> Read(SettingsReader settings, string first)
    {
        var more = settings.Read<IReadOnlyList<string>>(
            new("API_KEYS", "Further keys that clients may send, so that two are valid while one is replaced.", "a comma-separated list, or a JSON array of strings") { IsSecret = true },
            "",
            SettingParsers.List);
        return [first, .. more];
    }
}
