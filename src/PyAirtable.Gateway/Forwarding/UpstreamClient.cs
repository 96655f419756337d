using System.Net;
using System.Text;

namespace PyAirtable.Gateway.Forwarding;

/// <summary>The connections to all remote upstreams: HTTP/1.1, kept alive, as many as the upstreams' policies let through, redirects and cookies left alone, nothing made before the first use.</summary>
internal sealed class UpstreamClient : IAsyncDisposable
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(1);
    private static readonly string[] ProxyVariables = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

    private volatile Made _made;

    /// <summary>A client whose connection attempts end after <paramref name="connectTimeout"/>.</summary>
    public UpstreamClient(TimeSpan connectTimeout) => _made = new(connectTimeout);

    /// <summary>Whether an HTTP proxy stands before the upstreams; it then looks their names up.</summary>
    public static bool UsesProxy { get; } = Array.Exists(ProxyVariables, name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));

    /// <summary>The client as the forwarder takes it.</summary>
    public HttpMessageInvoker Invoker => _made.Invoker.Value;

    /// <summary>Connection attempts end after another time from now on. What is under way goes on, and what is idle ends by itself.</summary>
    public void Use(TimeSpan connectTimeout) => _made = _made.ConnectTimeout == connectTimeout ? _made : new(connectTimeout);

    /// <summary>Sends, and returns once the answer's head is there; its body is read from the network as the caller reads it.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel) => Invoker.SendAsync(request, cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_made.Invoker.IsValueCreated)
        {
            _made.Invoker.Value.Dispose();
        }
        return ValueTask.CompletedTask;
    }

    private static SocketsHttpHandler Create(TimeSpan connectTimeout) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        // The proxy variables are a convention of the operating system, not settings of ours; the framework reads them and NO_PROXY.
        UseProxy = UsesProxy,
        ActivityHeadersPropagator = null,
        ConnectTimeout = connectTimeout,
        PooledConnectionIdleTimeout = IdleTimeout,
        PooledConnectionLifetime = ConnectionLifetime,
        // Header bytes beyond ASCII pass as they are; the server reads and writes them in this way too.
        RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
    };

    private sealed record Made(TimeSpan ConnectTimeout)
    {
        public Lazy<HttpMessageInvoker> Invoker { get; } = new(() => new HttpMessageInvoker(Create(ConnectTimeout)));
    }
}
