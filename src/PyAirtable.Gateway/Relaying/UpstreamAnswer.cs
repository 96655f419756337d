using System.Globalization;

namespace PyAirtable.Gateway.Relaying;

/// <summary>What of an upstream's answer reaches a client of the Python routes.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Reason">Reason phrase.</param>
/// <param name="Location">Target of a redirect; null where there is none.</param>
/// <param name="Body">Body of a success; of other answers it is not read.</param>
internal sealed record UpstreamAnswer(int Status, string Reason, string? Location, ReadOnlyMemory<byte> Body)
{
    /// <summary>True for 2xx.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The error text that Python's HTTP client makes of a status (gateway contract 1.0.2).</summary>
    /// <param name="url">Address of the request with its query.</param>
    public string Describe(string url)
    {
        var kind = (Status / 100) switch
        {
            1 => "Informational response",
            3 => "Redirect response",
            4 => "Client error",
            5 => "Server error",
            _ => "Invalid status code",
        };
        var redirect = Status is 301 or 302 or 303 or 307 or 308 && Location is not null ? $"\nRedirect location: '{Location}'" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{kind} '{Status} {Reason}' for url '{url}'{redirect}\nFor more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/{Status}");
    }
}
