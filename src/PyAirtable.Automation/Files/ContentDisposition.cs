using System.Text;

namespace PyAirtable.Automation.Files;

/// <summary>The <c>Content-Disposition</c> of a form's part, read as the original's parser reads it: <c>\\</c> and <c>\"</c> in quoted
/// values are unescaped, <c>%xx</c> is not (automation contract 1.4).</summary>
/// <param name="Name">Name of the field; null when the header has none.</param>
/// <param name="Filename">The client's file name, empty or not; null for a plain field.</param>
internal sealed record ContentDisposition(string? Name, string? Filename)
{
    public static ContentDisposition Parse(string? header)
    {
        string? name = null, filename = null;
        var rest = header.AsSpan();
        for (var separator = rest.IndexOf(';'); separator >= 0 && separator < rest.Length; separator = rest.IndexOf(';'))
        {
            rest = rest[(separator + 1)..];
            var equals = rest.IndexOf('=');
            if (equals < 0)
            {
                break;
            }
            var key = rest[..equals].Trim();
            rest = rest[(equals + 1)..].TrimStart();
            var value = Take(ref rest);
            if (key.Equals("name", StringComparison.OrdinalIgnoreCase))
            {
                name = value;
            }
            else if (key.Equals("filename", StringComparison.OrdinalIgnoreCase))
            {
                filename = value;
            }
        }
        return new(name, filename);
    }

    private static string Take(ref ReadOnlySpan<char> rest)
    {
        if (rest is not ['"', ..])
        {
            var end = rest.IndexOf(';') is >= 0 and var found ? found : rest.Length;
            var token = rest[..end].Trim().ToString();
            rest = rest[end..];
            return token;
        }
        var text = new StringBuilder();
        var at = 1;
        for (; at < rest.Length && rest[at] != '"'; at++)
        {
            if (rest[at] == '\\' && at + 1 < rest.Length && rest[at + 1] is '\\' or '"')
            {
                at++;
            }
            text.Append(rest[at]);
        }
        rest = rest[Math.Min(at + 1, rest.Length)..];
        return text.ToString();
    }
}
