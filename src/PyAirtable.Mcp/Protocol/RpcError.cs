using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Mcp.Protocol;

/// <summary>Errors of JSON-RPC that are answered before a session sees the message (upstream contract 5.4).</summary>
internal static class RpcError
{
    /// <summary>The body is no JSON.</summary>
    public const int ParseError = -32700;

    /// <summary>The body is no request.</summary>
    public const int InvalidRequest = -32600;

    /// <summary>Refused by the server.</summary>
    public const int Refused = -32000;

    /// <summary>There is no such session; the number that the protocol's own libraries use.</summary>
    public const int NoSession = -32001;

    /// <summary>Answers.</summary>
    public static Task WriteAsync(HttpContext http, int status, int code, string message) =>
        JsonAnswer.WriteAsync(http, status, (code, message), static (json, error) =>
        {
            json.WriteString("jsonrpc"u8, "2.0"u8);
            json.WriteNull("id"u8);
            json.WriteStartObject("error"u8);
            json.WriteNumber("code"u8, error.code);
            json.WriteString("message"u8, error.message);
            json.WriteEndObject();
        });
}
