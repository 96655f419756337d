using System.Globalization;
using System.Text;

namespace PyAirtable.Hosting.Logging;

/// <summary>The <c>{Name}</c> holes of a message template. Their alignment and format are not applied.</summary>
internal static class MessageTemplate
{
    /// <summary>Whether the template has a hole of that name.</summary>
    public static bool Names(string template, string name)
    {
        for (var open = template.IndexOf('{'); open >= 0; open = template.IndexOf('{', open + 1))
        {
            var hole = template.AsSpan(open + 1);
            if (hole.StartsWith(name, StringComparison.OrdinalIgnoreCase) && hole.Length > name.Length && hole[name.Length] is ('}' or ':' or ','))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The template with its holes filled in.</summary>
    public static string Render(string template, LogValue[] values)
    {
        var text = new StringBuilder(template.Length + 32);
        for (var rest = template.AsSpan(); !rest.IsEmpty;)
        {
            var open = rest.IndexOf('{');
            var close = open < 0 ? -1 : rest[open..].IndexOf('}');
            if (close < 0)
            {
                return text.Append(rest).ToString();
            }

            var hole = rest.Slice(open + 1, close - 1);
            var nameEnd = hole.IndexOfAny(',', ':');
            text.Append(rest[..open]).Append(Find(values, nameEnd < 0 ? hole : hole[..nameEnd]));
            rest = rest[(open + close + 1)..];
        }

        return text.ToString();
    }

    private static string? Find(LogValue[] values, ReadOnlySpan<char> name)
    {
        foreach (var value in values)
        {
            if (name.Equals(value.Name, StringComparison.OrdinalIgnoreCase))
            {
                return Convert.ToString(value.Value, CultureInfo.InvariantCulture);
            }
        }

        return null;
    }
}
