using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PyAirtable.Gateway.RequestSafety;

/// <summary>Requests that the server takes, but that whoever stands before or behind the gateway might read differently.</summary>
internal static class AmbiguousRequest
{
    // Where a body has both a length and chunks, the server goes by the chunks and keeps the length under this name.
    private const string SetAsideLength = "X-Content-Length";

    /// <summary>Whether a request is one; it is then to be refused, and its connection closed.</summary>
    public static bool Is(HttpRequest request) =>
        HasUncertainBody(request) || HasUncertainTarget(request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, request.Method);

    // RFC 9112, 6.1: a coding besides a length, one that HTTP/1.0 does not know, and any but plain chunks, which alone all servers read alike.
    private static bool HasUncertainBody(HttpRequest request)
    {
        var headers = request.Headers;
        var coding = headers.TransferEncoding;
        return coding.Count > 0
            && (coding.Count > 1
                || !string.Equals(coding[0], "chunked", StringComparison.OrdinalIgnoreCase)
                || headers.ContentLength is not null
                || headers.ContainsKey(SetAsideLength)
                || HttpProtocol.IsHttp10(request.Protocol));
    }

    // RFC 9112, 3.2: no blanks, control characters or fragments, and CONNECT with no path.
    private static bool HasUncertainTarget(string target, string method) =>
        target.AsSpan().ContainsAnyExceptInRange('!', '~')
        || target.Contains('#', StringComparison.Ordinal)
        || (HttpMethods.IsConnect(method) && target.StartsWith('/'));
}
