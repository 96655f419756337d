using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Hosting.Security;

/// <summary>Answer headers that tell browsers to be careful.</summary>
public static class SecurityHeaders
{
    private static readonly StringValues NoSniff = "nosniff";

    private static readonly (string Name, StringValues Value)[] Full =
    [
        ("X-XSS-Protection", "0"),
        ("X-Content-Type-Options", NoSniff),
        ("X-Frame-Options", "SAMEORIGIN"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Embedder-Policy", "require-corp"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Origin-Agent-Cluster", "?1"),
        ("X-DNS-Prefetch-Control", "off"),
        ("X-Download-Options", "noopen"),
        ("X-Permitted-Cross-Domain-Policies", "none"),
    ];

    /// <summary>Sets the whole set of the Go services (gateway contract 4.4).</summary>
    public static void AddFull(IHeaderDictionary headers)
    {
        foreach (var (name, value) in Full)
        {
            headers[name] = value;
        }
    }

    /// <summary>Sets only <c>X-Content-Type-Options: nosniff</c>, for routes that other pages may embed.</summary>
    public static void AddNoSniff(IHeaderDictionary headers) => headers.XContentTypeOptions = NoSniff;

    /// <summary>The whole set around <paramref name="next"/>.</summary>
    public static RequestHandler WrapFull(RequestHandler next) => request =>
    {
        AddFull(request.Http.Response.Headers);
        return next(request);
    };

    /// <summary><c>nosniff</c> around <paramref name="next"/>.</summary>
    public static RequestHandler WrapNoSniff(RequestHandler next) => request =>
    {
        AddNoSniff(request.Http.Response.Headers);
        return next(request);
    };
}
