using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Families;

/// <summary>The answer to unknown paths, and to what an upstream does not know (gateway contract 1.0.1).</summary>
internal static class EndpointNotFound
{
    private static readonly JsonEncodedText[] Endpoints = Array.ConvertAll(
        ["/api/health", "/api/chat", "/api/tools", "/api/airtable/*", "/api/execute-tool", "/api/sessions/{session_id}/history", "/ws", "/api/websocket/stats"],
        (string path) => JsonEncodedText.Encode(path));

    /// <summary>Answers 404 with the request's path, decoded.</summary>
    public static Task WriteAsync(RequestContext request) =>
        JsonAnswer.WriteAsync(request.Http, StatusCodes.Status404NotFound, RawTarget.Of(request.Http).Path.ToString(), static (json, path) =>
        {
            json.WriteString("error"u8, "Endpoint not found"u8);
            json.WriteString("path"u8, Uri.UnescapeDataString(path));
            json.WriteStartArray("available_endpoints"u8);
            foreach (var endpoint in Endpoints)
            {
                json.WriteStringValue(endpoint);
            }
            json.WriteEndArray();
        });
}
