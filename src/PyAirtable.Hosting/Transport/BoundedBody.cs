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
}
