using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Mcp.Protocol;

/// <summary>The API key of a request: <c>X-API-Key</c>, or a bearer token, which is all that many clients can send.</summary>
internal static class KeyIndex
{
    private const string Bearer = "Bearer ";

    /// <summary>Which of the keys it carries; -1 for none.</summary>
    public static int Of(HttpRequest request, ApiKeys keys)
    {
        if (request.Headers[ApiKeys.Header] is [{ Length: > 0 } key, ..])
        {
            return keys.Find(key);
        }
        return request.Headers.Authorization is [{ } text, ..] && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && text.Length > Bearer.Length
            ? keys.Find(text.AsSpan(Bearer.Length).Trim())
            : -1;
    }
}
