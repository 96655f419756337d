using System.Buffers;

namespace PyAirtable.Hosting.Transport;

/// <summary>Bodies of answers, which a stranger could make endless.</summary>
public static class BoundedBody
{
    private const int ChunkBytes = 16 * 1024;

    /// <summary>The whole body; null when it is longer than <paramref name="most"/> bytes.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContent content, int most, CancellationToken cancel)
    {
        var length = content.Headers.ContentLength;
        if (length > most)
        {
            return null;
        }
        await using var body = await content.ReadAsStreamAsync(cancel);
        if (length is { } known)
        {
            var whole = new byte[known];
            await body.ReadExactlyAsync(whole, cancel);
            return whole;
        }
        using var read = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        while (await body.ReadAsync(chunk, cancel) is > 0 and var count)
        {
            if (read.Length + count > most)
            {
                return null;
            }
            read.Write(chunk, 0, count);
        }
        return read.ToArray();
    }

    /// <summary>Reads the whole body into memory of the caller's; false when it is longer than <paramref name="most"/> bytes.</summary>
    public static async ValueTask<bool> TryReadAsync(HttpContent content, IBufferWriter<byte> into, int most, CancellationToken cancel)
    {
        var length = content.Headers.ContentLength;
        if (length > most)
        {
            return false;
        }
        await using var body = await content.ReadAsStreamAsync(cancel);
        var read = 0;
        while (read != length && await body.ReadAsync(into.GetMemory(length is { } known ? (int)known - read : ChunkBytes), cancel) is > 0 and var count)
        {
            if (count > most - read)
            {
                return false;
            }
            into.Advance(count);
            read += count;
        }
        return true;
    }
}
