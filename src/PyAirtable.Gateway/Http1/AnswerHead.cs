using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using PyAirtable.Gateway.Forwarding;

namespace PyAirtable.Gateway.Http1;

/// <summary>Puts an upstream's answer's head onto the gateway's own.</summary>
internal static class AnswerHead
{
    /// <summary>Copies status line and headers.</summary>
    public static void Copy(ResponseHead head, HttpResponse response)
    {
        response.StatusCode = head.Status;
        response.HttpContext.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = head.Phrase;
        var headers = response.Headers;
        foreach (var line in head.Lines)
        {
            if (line.Fate == HeaderFate.Vary)
            {
                headers.Vary = VaryHeader.Union(headers.Vary, line.Value);
            }
            else
            {
                headers[line.Name] = headers.TryGetValue(line.Name, out var before) ? StringValues.Concat(before, line.Value) : line.Value;
            }
        }
        // An answer without content has no length to speak of (RFC 9110, 8.6).
        if (head.ContentLength is { } length && head.Status is not 204)
        {
            headers.ContentLength = length;
        }
    }
}
