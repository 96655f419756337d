using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Compression;

/// <summary>
/// Compresses answers for clients that ask for it, on all routes (gateway contract 4.4 and 7.6). Requests that do not ask, which
/// any stored answer suits, are passed on untouched; so are HEAD and WebSocket handshakes.
/// </summary>
internal static class ResponseCompression
{
    /// <summary>The compression around <paramref name="next"/>.</summary>
    public static RequestHandler Wrap(RequestHandler next) => request =>
    {
        var coding = CodingFor(request.Http.Request);
        return coding == ContentCoding.Identity ? next(request) : CompressAsync(request, next, coding);
    };

    private static ContentCoding CodingFor(HttpRequest request)
    {
        var headers = request.Headers;
        return headers.AcceptEncoding.Count == 0 || headers.Upgrade.Count > 0 || HttpMethods.IsHead(request.Method) || HttpMethods.IsConnect(request.Method)
            ? ContentCoding.Identity
            : AcceptEncoding.Choose(headers.AcceptEncoding);
    }

    private static async Task CompressAsync(RequestContext request, RequestHandler next, ContentCoding coding)
    {
        var features = request.Http.Features;
        var inner = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var body = new CompressedBody(request.Http, inner, coding);
        features.Set<IHttpResponseBodyFeature>(body);
        try
        {
            await next(request);
            await body.FinishAsync();
        }
        finally
        {
            request.BytesSent = body.Sent ?? request.BytesSent;
            features.Set(inner);
        }
    }
}
