using System.Globalization;

namespace PyAirtable.Gateway.Relaying;

/// <summary>The error texts that Python's HTTP client makes of statuses (gateway contract 1.0.2).</summary>
internal static class UpstreamError
{
    /// <summary>The text of a status that is no success.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="reason">Reason phrase.</param>
    /// <param name="location">Target of a redirect; null where there is none.</param>
    /// <param name="url">Address of the request with its query.</param>
    public static string Describe(int status, string reason, string? location, string url)
    {
        var kind = (status / 100) switch
        {
            1 => "Informational response",
            3 => "Redirect response",
            4 => "Client error",
            5 => "Server error",
            _ => "Invalid status code",
        };
        var redirect = status is 301 or 302 or 303 or 307 or 308 && location is not null ? $"\nRedirect location: '{location}'" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{kind} '{status} {reason}' for url '{url}'{redirect}\nFor more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/{status}");
    }
}
