using System.Text.Json;
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

    /// <summary>A message as JSON text.</summary>
    public static byte[] Write(JsonRpcMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, Type);

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
