using System.Net;

namespace PyAirtable.Mcp.Airtable;

/// <summary>HTTP to the product's own services: no redirects, cookies or proxy, and no body without a bound.</summary>
internal static class PlainHttp
{
    private const int ChunkBytes = 16 * 1024;

    /// <summary>A client with a bounded pool of kept-alive connections.</summary>
    public static HttpMessageInvoker Create(int connections) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = connections,
    });

    /// <summary>The whole body; null where it is longer than <paramref name="most"/> bytes.</summary>
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
