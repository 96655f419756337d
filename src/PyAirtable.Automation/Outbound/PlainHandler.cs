using System.Net;

namespace PyAirtable.Automation.Outbound;

/// <summary>What sends a workflow's requests: follows nothing, keeps nothing, and takes nothing of the environment.</summary>
internal static class PlainHandler
{
    private const int MaxHeadKilobytes = 64;

    /// <summary>A handler that may be given more rules before its first request.</summary>
    /// <param name="connections">Connections to one host at most.</param>
    /// <param name="idle">How long one is kept that nobody uses.</param>
    /// <param name="lifetime">How long one is used.</param>
    public static SocketsHttpHandler Create(int connections, TimeSpan idle, TimeSpan lifetime) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionIdleTimeout = idle,
        PooledConnectionLifetime = lifetime,
        MaxConnectionsPerServer = connections,
        MaxResponseHeadersLength = MaxHeadKilobytes,
    };
}
