namespace PyAirtable.Hosting.Settings;

/// <summary>Hides the password of a URL: <c>postgresql://user:secret@host</c> becomes <c>postgresql://user:***@host</c>.</summary>
public static class UrlMask
{
    /// <summary>The text with the password of its user information masked; other text unchanged.</summary>
    public static string Apply(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return text;
        }
        var start = scheme + 3;
        var end = text.AsSpan(start).IndexOfAny('/', '?', '#');
        var authority = end < 0 ? text.AsSpan(start) : text.AsSpan(start, end);
        var at = authority.LastIndexOf('@');
        var colon = at < 0 ? -1 : authority[..at].IndexOf(':');
        return colon < 0 ? text : $"{text.AsSpan(0, start + colon + 1)}***{text.AsSpan(start + at)}";
    }
}
