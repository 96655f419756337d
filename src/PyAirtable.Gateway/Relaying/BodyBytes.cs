using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace PyAirtable.Gateway.Relaying;

/// <summary>Bodies read whole into memory.</summary>
internal static class BodyBytes
{
    private const int FirstRead = 4096;

    /// <summary>Reads a request's body; the server bounds it.</summary>
    /// <exception cref="BadHttpRequestException">It is larger than the server takes (413), or malformed.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancel) =>
        await ReadAsync(request.Body, request.ContentLength, long.MaxValue, static () => { }, cancel) ?? default;

    /// <summary>Reads to the end of <paramref name="body"/>; null where it has more than <paramref name="maxBytes"/>.</summary>
    /// <param name="body">What is read.</param>
    /// <param name="length">Its length where it is known.</param>
    /// <param name="maxBytes">Bytes that are taken.</param>
    /// <param name="arrived">Called whenever some have come.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream body, long? length, long maxBytes, Action arrived, CancellationToken cancel)
    {
        if (length > maxBytes)
        {
            return null;
        }
        var buffer = new ArrayBufferWriter<byte>(length is > 0 and < int.MaxValue ? (int)length : FirstRead);
        while (true)
        {
            var room = buffer.FreeCapacity > 0 ? buffer.FreeCapacity : FirstRead;
            var read = await body.ReadAsync(buffer.GetMemory(room), cancel);
            if (read == 0)
            {
                return buffer.WrittenMemory;
            }
            buffer.Advance(read);
            arrived();
            if (buffer.WrittenCount > maxBytes)
            {
                return null;
            }
        }
    }
}
