using System.Globalization;
using System.Text.Json;

namespace PyAirtable.Hosting.Settings;

/// <summary>The texts that settings take, as parsers.</summary>
public static class SettingParsers
{
    private static readonly (string Unit, double Seconds)[] DurationUnits = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400)];
    private static readonly (string Unit, long Bytes)[] SizeUnits = [("kb", 1L << 10), ("mb", 1L << 20), ("gb", 1L << 30), ("b", 1)];

    /// <summary>Any text.</summary>
    public static bool Text(string text, out string value)
    {
        value = text;
        return true;
    }

    /// <summary><c>true/1/yes/on/t/y</c> or <c>false/0/no/off/f/n</c>, any case.</summary>
    public static bool Flag(string text, out bool value)
    {
        var word = text.Trim().ToLowerInvariant();
        value = word is "true" or "1" or "yes" or "on" or "t" or "y";
        return value || word is "false" or "0" or "no" or "off" or "f" or "n";
    }

    /// <summary>A whole number with an optional unit; without one, seconds.</summary>
    public static bool Duration(string text, out TimeSpan value)
    {
        var (digits, unit) = Split(text);
        var seconds = unit.Length == 0 ? 1 : DurationUnits.FirstOrDefault(known => known.Unit == unit).Seconds;
        var parsed = long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        var total = number * seconds;
        parsed = parsed && seconds > 0 && Math.Abs(total) < TimeSpan.MaxValue.TotalSeconds;
        value = parsed ? TimeSpan.FromSeconds(total) : TimeSpan.Zero;
        return parsed;
    }

    /// <summary>A whole number with an optional unit of 1024; without one, bytes.</summary>
    public static bool Size(string text, out long value)
    {
        var (digits, unit) = Split(text);
        var factor = unit.Length == 0 ? 1 : SizeUnits.FirstOrDefault(known => known.Unit == unit).Bytes;
        var parsed = long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && factor > 0 && Math.Abs((double)number * factor) < long.MaxValue;
        value = parsed ? number * factor : 0;
        return parsed;
    }

    /// <summary>An absolute <c>http</c> or <c>https</c> URL without user information, query or fragment.</summary>
    public static bool HttpUrl(string text, out string value)
    {
        value = text.Trim();
        return Uri.TryCreate(value, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.Host.Length > 0
            && uri is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 };
    }

    /// <summary>A comma list, or a JSON array of strings.</summary>
    public static bool List(string text, out IReadOnlyList<string> value)
    {
        if (!text.TrimStart().StartsWith('['))
        {
            value = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return true;
        }
        value = [];
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
            {
                value = [.. json.RootElement.EnumerateArray().Select(item => item.GetString()!.Trim()).Where(item => item.Length > 0)];
                return true;
            }
        }
        catch (JsonException)
        {
            // Reported by the caller as a value that is not valid.
        }
        return false;
    }

    internal static string Show(TimeSpan time)
    {
        var seconds = (long)time.TotalSeconds;
        return seconds switch
        {
            0 => time == TimeSpan.Zero ? "0s" : $"{(long)time.TotalMilliseconds}ms",
            _ when seconds % 86400 == 0 => $"{seconds / 86400}d",
            _ when seconds % 3600 == 0 => $"{seconds / 3600}h",
            _ when seconds % 60 == 0 => $"{seconds / 60}m",
            _ => $"{seconds}s",
        };
    }

    private static (string Digits, string Unit) Split(string text)
    {
        var trimmed = text.Trim();
        var end = trimmed.Length;
        while (end > 0 && char.IsAsciiLetter(trimmed[end - 1]))
        {
            end--;
        }
        return (trimmed[..end].TrimEnd(), trimmed[end..].ToLowerInvariant());
    }
}
