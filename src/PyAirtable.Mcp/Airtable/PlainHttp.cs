using System.Net;

namespace PyAirtable.Mcp.Airtable;

/// <summary>HTTP to the product's own services: no redirects, cookies or proxy.</summary>
internal static class PlainHttp
{
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
}
