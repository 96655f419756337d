using Microsoft.AspNetCore.Http;

namespace PyAirtable.Gateway.Compression;

/// <summary>Which answers are compressed (gateway contract 4.4).</summary>
/// <remarks>
/// Left alone beyond the contract: answers that set a cookie (compressed secrets can be guessed by their length where a browser
/// sends credentials by itself, which keys and tokens are not), event streams, what is compressed already, and what has a digest of its bytes.
/// </remarks>
internal static class Compressible
{
    private const int SmallestBody = 200;

    private static readonly string[] Families = ["text/", "application/", "font/", "multipart/", "image/svg+xml", "image/x-icon", "image/vnd.microsoft.icon"];
    private static readonly string[] Exceptions = ["text/event-stream", "multipart/x-mixed-replace", "application/grpc", "application/zip", "application/gzip", "application/x-gzip", "application/zstd", "font/woff"];

    /// <summary>Whether an answer may be compressed, by its head.</summary>
    public static bool Allows(HttpResponse response)
    {
        var headers = response.Headers;
        return HasBody(response.StatusCode)
            && headers.ContentEncoding.Count == 0
            && headers.ContentRange.Count == 0
            && headers.SetCookie.Count == 0
            && !(headers.ContentLength < SmallestBody)
            && headers.ContentType is [{ } type]
            && IsAmong(Families, type) && !IsAmong(Exceptions, type)
            && !headers.CacheControl.ToString().Contains("no-transform", StringComparison.OrdinalIgnoreCase)
            && !HasDigest(headers);
    }

    // 206 is a part of a body that is not compressed elsewhere.
    private static bool HasBody(int status) =>
        status is >= 200 and not (StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status206PartialContent or StatusCodes.Status304NotModified);

    // Of the very bytes that are sent (RFC 9530).
    private static bool HasDigest(IHeaderDictionary headers) =>
        headers.ContentMD5.Count > 0 || headers.ContainsKey("Content-Digest") || headers.ContainsKey("Repr-Digest") || headers.ContainsKey("Digest");

    private static bool IsAmong(string[] beginnings, string type)
    {
        foreach (var beginning in beginnings)
        {
            if (type.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }
        return false;
    }
}
