using PyAirtable.Hosting.Settings;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>One base URL of an upstream.</summary>
/// <param name="BaseUrl">As configured; targets are appended to it as plain text, so a path in it is kept.</param>
/// <param name="IsTls">True for <c>https</c>.</param>
/// <param name="Host">Host name or address, the latter without brackets.</param>
/// <param name="Port">Port.</param>
/// <param name="HostHeader">Value of <c>Host</c>: with the port where it is not the scheme's own.</param>
/// <param name="PathPrefix">The path in it, such as <c>/v1</c>; empty for none.</param>
internal sealed record UpstreamEndpoint(string BaseUrl, bool IsTls, string Host, int Port, string HostHeader, string PathPrefix)
{
    /// <summary>Reads the text of an upstream's URL setting: one base URL, or several with commas between, of one scheme.</summary>
    /// <param name="text">The text, which has passed <see cref="TryTrim"/>.</param>
    public static UpstreamEndpoint[] ParseList(string text) => Array.ConvertAll(Split(text), Parse);

    /// <summary>Checks a text for <see cref="ParseList"/>, and takes the blanks around the whole off.</summary>
    public static bool TryTrim(string text, out string value)
    {
        value = text.Trim();
        var urls = Split(value);
        return urls.Length > 0
            && Array.TrueForAll(urls, static url => SettingParsers.HttpUrl(url, out _))
            && urls.Select(static url => new Uri(url).Scheme).Distinct().Count() == 1;
    }

    private static string[] Split(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries).Distinct()];

    private static UpstreamEndpoint Parse(string url)
    {
        var uri = new Uri(url);
        var authority = url.IndexOf("://", StringComparison.Ordinal) + "://".Length;
        var path = url.IndexOf('/', authority);
        return new(url, uri.Scheme == Uri.UriSchemeHttps, uri.DnsSafeHost, uri.Port, uri.Authority, path < 0 ? "" : url[path..]);
    }
}
