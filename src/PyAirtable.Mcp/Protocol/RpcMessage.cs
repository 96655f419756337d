using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace PyAirtable.Mcp.Protocol;

/// <summary>Reads a message of a request's body.</summary>
internal static class RpcMessage
{
    private static readonly JsonTypeInfo<JsonRpcMessage> Type = (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>Reads the body; null where it is longer than <paramref name="most"/> bytes.</summary>
    public static async Task<byte[]?> ReadBodyAsync(HttpRequest request, int most, CancellationToken cancel)
    {
        if (request.ContentLength > most)
        {
            return null;
        }
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancel);
            if (read.Buffer.Length > most)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return null;
            }
            if (read.IsCompleted)
            {
                var bytes = System.Buffers.BuffersExtensions.ToArray(read.Buffer);
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return bytes;
            }
            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>The message.</summary>
    /// <param name="bytes">JSON text.</param>
    /// <param name="error">Which error it is where there is no message.</param>
    public static JsonRpcMessage? Parse(byte[] bytes, out int error)
    {
        error = RpcError.InvalidRequest;
        try
        {
            return JsonSerializer.Deserialize(bytes, Type);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or NotSupportedException or FormatException)
        {
            error = IsJson(bytes) ? RpcError.InvalidRequest : RpcError.ParseError;
            return null;
        }
    }

    private static byte[] Write(JsonRpcMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, Type);

    /// <summary>A message as an event of a stream: its lines beside the id, ended by an empty one.</summary>
    public static byte[] WriteEvent(JsonRpcMessage message) => [.. "event: message\ndata: "u8, .. Write(message), .. "\n\n"u8];

    /// <summary>Id of the request that a message cancels; null where it is not for that, or says so in no readable way.</summary>
    public static RequestId? Cancelled(JsonRpcMessage message)
    {
        try
        {
            return message is JsonRpcNotification { Method: NotificationMethods.CancelledNotification, Params: JsonObject told }
                && told["requestId"] is JsonValue value && value.TryGetValue<JsonElement>(out var id) ? DirectCall.IdOf(id) : null;
        }
        // A member that is there twice, or half a surrogate pair, is found out only here; there is no such request.
        catch (Exception unreadable) when (unreadable is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsJson(byte[] bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 1000 });
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
