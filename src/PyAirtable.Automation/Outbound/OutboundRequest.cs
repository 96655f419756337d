using System.Net;

namespace PyAirtable.Automation.Outbound;

/// <summary>A request that a workflow asks for.</summary>
internal sealed record OutboundRequest
{
    private const string UserAgent = "pyairtable-automation";

    // What a host may learn that the workflow's author has not named.
    private static readonly string[] Harmless = ["Accept", "Accept-Language", "User-Agent"];

    public required HttpMethod Method { get; init; }

    /// <summary>Absolute.</summary>
    public required Uri Url { get; init; }

    /// <summary>Names and values without control characters.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The body; null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Its media type, unless <see cref="Headers"/> name one.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Time that it may take, redirects included.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>As the framework sends it; the caller disposes it.</summary>
    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Method, Url) { Version = HttpVersion.Version11, Content = Body is null ? null : new ByteArrayContent(Body) };
        foreach (var (name, value) in Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }
        if (!message.Headers.Contains("User-Agent"))
        {
            message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        }
        if (message.Content is { } content && !content.Headers.Contains("Content-Type"))
        {
            content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        }
        return message;
    }

    /// <summary>The request that a redirect asks for (RFC 9110 15.4). Headers stay with the host that they were written for.</summary>
    /// <exception cref="OutboundFailedException">It leads nowhere, or from https to http.</exception>
    public OutboundRequest Follow(HttpStatusCode status, Uri location)
    {
        if (!Uri.TryCreate(Url, location, out var next))
        {
            throw new OutboundFailedException("the redirect's location is not a URL");
        }
        if (Url.Scheme == Uri.UriSchemeHttps && next.Scheme == Uri.UriSchemeHttp)
        {
            throw new OutboundFailedException("a redirect from https to http is not followed");
        }
        var becomesGet = status == HttpStatusCode.SeeOther
            ? Method != HttpMethod.Head
            : status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found && Method == HttpMethod.Post;
        return this with
        {
            Url = next,
            Method = becomesGet ? HttpMethod.Get : Method,
            Body = becomesGet ? null : Body,
            Headers = IsSameHost(next) ? Headers : [.. Headers.Where(header => Harmless.Contains(header.Key, StringComparer.OrdinalIgnoreCase) || IsOfContent(header.Key))],
        };
    }

    private static bool IsOfContent(string name) => name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase);

    // The same, or the same name by https instead of http.
    private bool IsSameHost(Uri next) =>
        next.IdnHost == Url.IdnHost && ((next.Scheme == Url.Scheme && next.Port == Url.Port) || (Url.IsDefaultPort && next.IsDefaultPort));
}
