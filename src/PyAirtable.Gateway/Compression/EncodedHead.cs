using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace PyAirtable.Gateway.Compression;

/// <summary>What the head of an answer says when its body is compressed.</summary>
internal static class EncodedHead
{
    /// <summary>Rewrites the head.</summary>
    /// <param name="response">The answer, not yet started.</param>
    /// <param name="coding">How its body is compressed.</param>
    /// <param name="length">Bytes of the compressed body; null where it is not known yet.</param>
    public static void Write(HttpResponse response, ContentCoding coding, long? length)
    {
        var headers = response.Headers;
        headers.ContentLength = length;
        headers.ContentEncoding = Encoder.NameOf(coding);
        headers.Remove("Accept-Ranges");
        // The same thing in other bytes (RFC 9110, 8.8.1).
        if (headers.ETag is [{ } tag] && !tag.StartsWith("W/", StringComparison.Ordinal))
        {
            headers.ETag = "W/" + tag;
        }
        AddVary(headers);
    }

    /// <summary>Says that the body depends on what codings the client takes.</summary>
    public static void AddVary(IHeaderDictionary headers)
    {
        const string Name = "Accept-Encoding";
        var vary = headers.Vary;
        if (StringValues.IsNullOrEmpty(vary))
        {
            headers.Vary = Name;
        }
        else if (vary.ToString() is var names && !names.Contains('*') && !names.Contains(Name, StringComparison.OrdinalIgnoreCase))
        {
            headers.Vary = $"{names}, {Name}";
        }
    }
}
