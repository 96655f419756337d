using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Documentation;

/// <summary>A page that is the same for everyone until the next release; a client that has it is answered 304.</summary>
internal sealed class CachedPage
{
    private readonly EntityTagHeaderValue _tag;
    private readonly PreparedAnswer _answer;
    private readonly string? _policy;

    /// <summary>A page of <paramref name="body"/>.</summary>
    /// <param name="contentType">Its content type.</param>
    /// <param name="body">Its bytes.</param>
    /// <param name="policy">Its <c>Content-Security-Policy</c>, if it is one for browsers.</param>
    public CachedPage(string contentType, byte[] body, string? policy = null)
    {
        // Weak, since what compresses the page on its way need not tell.
        _tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"", isWeak: true);
        _answer = new PreparedAnswer(StatusCodes.Status200OK, contentType, body);
        _policy = policy;
    }

    /// <summary>A page of HTML that may use what is written into it, and ask this host, and nothing else.</summary>
    /// <param name="html">The page, with <c>{style}</c> and <c>{script}</c> where the next two go.</param>
    /// <param name="style">Its style sheet.</param>
    /// <param name="script">Its script, if it has one.</param>
    public static CachedPage Html(string html, string style, string script = "")
    {
        var policy = "default-src 'none'; "
            + $"script-src {(script.Length == 0 ? "'none'" : Hash(script))}; style-src {Hash(style)}; "
            + "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        var page = html.Replace("{style}", style, StringComparison.Ordinal).Replace("{script}", script, StringComparison.Ordinal);
        return new CachedPage("text/html; charset=utf-8", Encoding.UTF8.GetBytes(page), policy);
    }

    /// <summary>Answers.</summary>
    public Task WriteAsync(RequestContext request)
    {
        var http = request.Http;
        var headers = http.Response.Headers;
        headers.ETag = _tag.ToString();
        headers.CacheControl = "no-cache";
        if (_policy is not null)
        {
            headers.ContentSecurityPolicy = _policy;
            headers["Referrer-Policy"] = "no-referrer";
        }
        if (EntityTagHeaderValue.TryParseList(http.Request.Headers.IfNoneMatch, out var known)
            && known.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(_tag, useStrongComparison: false)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        return _answer.WriteAsync(http);
    }

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
}
