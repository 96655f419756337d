namespace PyAirtable.Hosting.Settings;

/// <summary>
/// The <c>.env</c> file of the working directory, read as the Python services did: <c>NAME=value</c> lines, <c>#</c> comments,
/// an optional <c>export</c>, values optionally in single or double quotes. Real environment variables win over it.
/// </summary>
public static class DotEnvFile
{
    /// <summary>The file as a layer; empty where there is no such file or it cannot be read.</summary>
    public static SettingLayer Read(string path)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
            {
                if (TryParse(line, out var name, out var value))
                {
                    values[name] = value;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            values.Clear();
        }
        return SettingLayer.Of(".env", values) with { Files = [path] };
    }

    internal static bool TryParse(string line, out string name, out string value)
    {
        var text = line.AsSpan().Trim();
        if (text.StartsWith("export ", StringComparison.Ordinal))
        {
            text = text[7..].TrimStart();
        }
        var equals = text.IndexOf('=');
        if (equals <= 0 || text[0] == '#')
        {
            (name, value) = ("", "");
            return false;
        }
        name = text[..equals].TrimEnd().ToString();
        value = Unquote(text[(equals + 1)..].Trim()).ToString();
        return true;
    }

    private static ReadOnlySpan<char> Unquote(ReadOnlySpan<char> text)
    {
        if (text is ['"' or '\'', .., _] && text.Length > 1 && text[^1] == text[0])
        {
            return text[1..^1];
        }
        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? text : text[..comment].TrimEnd();
    }
}
