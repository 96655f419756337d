using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PyAirtable.Automation.Files.ObjectStorage;

/// <summary>Signs requests to object storage (AWS Signature Version 4): method, path, query, host, and all headers that a request has by then.</summary>
internal static class RequestSigner
{
    /// <summary>Hash of an empty body.</summary>
    public const string NoBody = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Adds the headers that the signature needs, and the signature.</summary>
    /// <param name="request">The request. Its path is escaped as RFC 3986 has it.</param>
    /// <param name="payloadHash">SHA-256 of the body in lower-case hexadecimal digits.</param>
    /// <param name="keys">Whose request it is.</param>
    /// <param name="region">The bucket's region.</param>
    /// <param name="now">The time; storages refuse one that is minutes away from theirs.</param>
    public static void Sign(HttpRequestMessage request, string payloadHash, AccessKeys keys, string region, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var day = time[..8];
        var headers = request.Headers;
        headers.TryAddWithoutValidation("x-amz-content-sha256", payloadHash);
        headers.TryAddWithoutValidation("x-amz-date", time);
        if (keys.SessionToken.Length > 0)
        {
            headers.TryAddWithoutValidation("x-amz-security-token", keys.SessionToken);
        }

        var url = request.RequestUri!;
        var signed = headers.NonValidated
            .Select(static header => (Name: header.Key.ToLowerInvariant(), Value: string.Join(',', header.Value).Trim()))
            .Append((Name: "host", Value: url.Authority))
            .OrderBy(static header => header.Name, StringComparer.Ordinal)
            .ToList();
        var names = string.Join(';', signed.Select(static header => header.Name));
        var canonical = $"{request.Method}\n{url.AbsolutePath}\n{Canonical(url.Query)}\n{string.Concat(signed.Select(static header => $"{header.Name}:{header.Value}\n"))}\n{names}\n{payloadHash}";

        var scope = $"{day}/{region}/s3/aws4_request";
        var text = $"{Algorithm}\n{time}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Hash(Hash(Hash(Hash(Encoding.UTF8.GetBytes("AWS4" + keys.Secret), day), region), "s3"), "aws4_request");
        headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={keys.Id}/{scope},SignedHeaders={names},Signature={Convert.ToHexStringLower(Hash(key, text))}");
    }

    // Sorted, and with an equals sign after each name.
    private static string Canonical(string query) => string.Join('&', query.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(static pair => pair.Contains('=') ? pair : pair + "=")
        .Order(StringComparer.Ordinal));

    private static byte[] Hash(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
