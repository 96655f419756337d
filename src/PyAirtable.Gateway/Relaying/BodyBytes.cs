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
        await ReadAsync(buffer => request.Body.ReadAsync(buffer, cancel), request.ContentLength, long.MaxValue) ?? default;

    /// <summary>Reads to the end of a body; null where it has more than <paramref name="maxBytes"/>.</summary>
    /// <param name="read">Reads some of it; 0 at its end.</param>
    /// <param name="length">Its length where it is known.</param>
    /// <param name="maxBytes">Bytes that are taken.</param>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(Func<Memory<byte>, ValueTask<int>> read, long? length, long maxBytes)
    {
        if (length > maxBytes)
        {
            return null;
        }
        var buffer = new ArrayBufferWriter<byte>(length is > 0 and < int.MaxValue ? (int)length + 1 : FirstRead);
        while (true)
        {
            var got = await read(buffer.GetMemory(buffer.FreeCapacity > 0 ? buffer.FreeCapacity : FirstRead));
            if (got == 0)
            {
                return buffer.WrittenMemory;
            }
            buffer.Advance(got);
            if (buffer.WrittenCount > maxBytes)
            {
                return null;
            }
        }
    }
}
