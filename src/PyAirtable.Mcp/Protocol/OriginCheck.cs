using Microsoft.AspNetCore.Http;

namespace PyAirtable.Mcp.Protocol;

/// <summary>Whether a page may call: a request without <c>Origin</c> is no page's. Guards against rebinding of names to this address.</summary>
internal sealed class OriginCheck(IReadOnlyList<string> origins)
{
    /// <summary>Whether it may.</summary>
    public bool Allows(HttpRequest request) =>
        request.Headers.Origin is not [{ Length: > 0 } origin, ..] || origins.Contains("*") || origins.Contains(origin, StringComparer.OrdinalIgnoreCase);
}
