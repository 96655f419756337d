using System.Globalization;

namespace PyAirtable.Hosting.Settings;

public sealed partial class SettingsReader
{
    /// <summary>Any text.</summary>
    public string Text(string name, string fallback, string description, params string[] aliases) =>
        Read<string>(new(name, description) { Aliases = aliases }, fallback, SettingParsers.Text);

    /// <summary>A secret: masked everywhere, also read from <c>NAME_FILE</c>.</summary>
    public string Secret(string name, string fallback, string description, params string[] aliases) =>
        Read<string>(new(name, description) { Aliases = aliases, IsSecret = true }, fallback, SettingParsers.Text);

    /// <summary>A whole number between two bounds, both included.</summary>
    public int Number(string name, int fallback, int min, int max, string description, params string[] aliases)
    {
        var accepts = max == int.MaxValue ? $"a whole number of at least {min}" : $"a whole number from {min} to {max}";
        return Read(
            new(name, description, accepts) { Aliases = aliases },
            fallback.ToString(CultureInfo.InvariantCulture),
            (string text, out int value) =>
                int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out value)
                && value >= min && value <= max);
    }

    /// <summary>A whole number between two bounds, both included; null where none is set.</summary>
    public int? OptionalNumber(string name, int min, int max, string description) =>
        Read(
            new(name, description, $"a whole number from {min} to {max}"),
            "",
            (string text, out int? value) =>
            {
                var parsed = int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number);
                value = parsed ? number : null;
                return text.Length == 0 || (parsed && number >= min && number <= max);
            });

    /// <summary>A switch.</summary>
    public bool Flag(string name, bool fallback, string description, params string[] aliases) =>
        Read<bool>(
            new(name, description, "true or false (also 1/0, yes/no, on/off)") { Aliases = aliases },
            fallback ? "true" : "false",
            SettingParsers.Flag);

    /// <summary>One of several words, in any case.</summary>
    public string Choice(string name, string fallback, string description, params string[] words) =>
        Read(
            new(name, description, string.Join(", ", words)),
            fallback,
            (string text, out string value) =>
            {
                value = words.FirstOrDefault(word => word.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) ?? "";
                return value.Length > 0;
            });

    /// <summary>A time zone by its name in the system's database.</summary>
    public TimeZoneInfo TimeZone(string name, string fallback, string description) =>
        Read(
            new(name, description, "UTC, or the name of a time zone such as Europe/Berlin, which the system's time zone database (tzdata) has to know"),
            fallback,
            (string text, out TimeZoneInfo value) =>
            {
                var isKnown = TimeZoneInfo.TryFindSystemTimeZoneById(text.Trim(), out var zone);
                value = zone ?? TimeZoneInfo.Utc;
                return isKnown;
            });

    /// <summary>A length of time: a whole number with <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>; without a unit, seconds.</summary>
    public TimeSpan Duration(string name, string fallback, TimeSpan min, TimeSpan max, string description, params string[] aliases)
    {
        var accepts = $"a duration such as 30s, 15m, 24h or 7d (a bare number is seconds), from {SettingParsers.Show(min)} to {SettingParsers.Show(max)}";
        return Read(
            new(name, description, accepts) { Aliases = aliases },
            fallback,
            (string text, out TimeSpan value) => SettingParsers.Duration(text, out value) && value >= min && value <= max);
    }

    /// <summary>A size in bytes: a whole number, or one with <c>KB</c>, <c>MB</c> or <c>GB</c> (times 1024).</summary>
    public long Size(string name, string fallback, long min, long max, string description, params string[] aliases)
    {
        var accepts = $"a size in bytes, or with KB, MB or GB, such as 10MB, from {min} to {max} bytes";
        return Read(
            new(name, description, accepts) { Aliases = aliases },
            fallback,
            (string text, out long value) => SettingParsers.Size(text, out value) && value >= min && value <= max);
    }

    /// <summary>An absolute <c>http</c> or <c>https</c> URL without a trailing query; the text is kept as given, for upstream URLs are base plus path.</summary>
    public string Url(string name, string fallback, string description, params string[] aliases) =>
        Read<string>(
            new(name, description, "an absolute http or https URL, such as http://localhost:8002") { Aliases = aliases },
            fallback,
            SettingParsers.HttpUrl);

    /// <summary>A comma-separated list or a JSON array of strings; entries trimmed, empty ones dropped.</summary>
    public IReadOnlyList<string> List(string name, string fallback, string description, params string[] aliases) =>
        Read<IReadOnlyList<string>>(
            new(name, description, "a comma-separated list, or a JSON array of strings") { Aliases = aliases },
            fallback,
            SettingParsers.List);
}
