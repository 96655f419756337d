using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Mcp.Protocol;

/// <summary>Whom <c>/mcp</c> lets in, and to which session. Whoever is not gets its error.</summary>
/// <param name="sessions">The sessions.</param>
/// <param name="keys">The API keys.</param>
/// <param name="origins">Pages that may call.</param>
internal sealed class SessionAccess(SessionBook sessions, ApiKeys keys, OriginCheck origins)
{
    /// <summary>Has the session's id, in requests and in answers.</summary>
    public const string Header = "Mcp-Session-Id";

    private static readonly PreparedAnswer NoKey = DetailError.Prepare(StatusCodes.Status401Unauthorized, "Invalid API key");

    /// <summary>The index of the key that a request has; null where it is answered with an error.</summary>
    public async ValueTask<int?> AdmitAsync(HttpContext http)
    {
        if (!origins.Allows(http.Request))
        {
            await RpcError.WriteAsync(http, StatusCodes.Status403Forbidden, RpcError.Refused, "Forbidden: Origin not allowed");
            return null;
        }
        var key = KeyIndex.Of(http.Request, keys);
        if (key >= 0)
        {
            return key;
        }
        http.Response.Headers.WWWAuthenticate = "Bearer";
        await NoKey.WriteAsync(http);
        return null;
    }

    /// <summary>The session that a request names, where it belongs to its key; null where it is answered with an error.</summary>
    public async ValueTask<Session?> FindAsync(HttpContext http, int key)
    {
        if (http.Request.Headers[Header] is not [{ Length: > 0 } id, ..])
        {
            await RpcError.WriteAsync(http, StatusCodes.Status400BadRequest, RpcError.Refused, "Bad Request: Mcp-Session-Id header is required");
            return null;
        }
        if (sessions.Find(id, key) is { } session)
        {
            return session;
        }
        await RpcError.WriteAsync(http, StatusCodes.Status404NotFound, RpcError.NoSession, "Session not found");
        return null;
    }
}
