using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PyAirtable.Hosting.Settings;
using PyAirtable.Hosting.Tls;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Hosting.Serving;

/// <summary>A Kestrel server on one address. It is made without a host of ASP.NET Core's, which takes longer to build than all else that a
/// start does; the application on top is ours.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private const int MaxRequestLineBytes = 16 * 1024;
    private const int MaxHeaderBytes = 32 * 1024;

    // Whoever stands before a service may not take a bare line feed for the end of a line.
    private const string RefuseBareLineFeeds = "Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators";

    private readonly KestrelServer _server;
    private readonly ServiceProvider? _tlsServices;

    public Listener(ListenSettings listen, long maxBodyBytes, EventLoops loops, ILoggerFactory loggers, Func<ConnectionDelegate, ConnectionDelegate>? wrap = null)
    {
        var certificate = listen.Tls is { } tls ? new TlsCertificate(tls, TimeProvider.System, loggers.CreateLogger("tls")) : null;
        _tlsServices = certificate is null ? null : TlsServices.Create(loggers);
        AppContext.SetSwitch(RefuseBareLineFeeds, true);
        var kestrel = new KestrelServerOptions
        {
            AddServerHeader = false,
            // Bytes above ASCII are read as the Python services read them, instead of failing the request.
            RequestHeaderEncodingSelector = static name => name == "Content-Length" ? ContentLengthEncoding.Instance : Encoding.Latin1,
            // So that the gateway can pass on, byte for byte, what clients and upstreams sent.
            ResponseHeaderEncodingSelector = static _ => Encoding.Latin1,
            ApplicationServices = _tlsServices!,
        };
        kestrel.Limits.MaxRequestBodySize = maxBodyBytes;
        kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        foreach (var port in (IEnumerable<int>)[listen.Port, .. listen.MorePorts])
        {
            kestrel.Listen(listen.Address, port, Configure);
        }
        _server = new KestrelServer(Options.Create(kestrel), new EpollTransport(loops), loggers);

        void Configure(ListenOptions endpoint)
        {
            if (certificate is null && wrap is not null)
            {
                endpoint.Use(wrap);
            }
            if (certificate is not null)
            {
                UseTls(endpoint, certificate);
            }
            else if (listen.Http2)
            {
                ClearTextHttp2.Use(endpoint);
            }
            else
            {
                endpoint.Protocols = HttpProtocols.Http1;
            }
            ChunkLines.Use(endpoint);
        }
    }

    /// <summary>Where it listens, once started: <c>http://127.0.0.1:8007</c>; an address of all interfaces is shown as <c>localhost</c>.
    /// Of several ports the first.</summary>
    public string Url => Urls[0];

    /// <summary>As <see cref="Url"/>, for every port.</summary>
    public IReadOnlyList<string> Urls { get; private set; } = [""];

    /// <summary>Binds and begins to accept.</summary>
    /// <exception cref="IOException">The address is in use or may not be bound.</exception>
    public async Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancel)
        where TContext : notnull
    {
        await _server.StartAsync(application, cancel);
        Urls = [.. _server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(Show)];
    }

    /// <summary>Stops accepting, lets requests in flight end until <paramref name="cancel"/>, then cuts them.</summary>
    public Task StopAsync(CancellationToken cancel) => _server.StopAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        if (_tlsServices is not null)
        {
            await _tlsServices.DisposeAsync();
        }
    }

    // The handshake decides on the protocol (ALPN): HTTP/2 for those who name it.
    private static void UseTls(ListenOptions endpoint, TlsCertificate certificate)
    {
        endpoint.Protocols = HttpProtocols.Http1AndHttp2;
        endpoint.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => new(certificate.ForConnection()) });
    }

    private static string Show(string address)
    {
        var bound = new Uri(address);
        var everywhere = IPAddress.TryParse(bound.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));
        return $"{bound.Scheme}://{(everywhere ? "localhost" : bound.Host)}:{bound.Port}";
    }
}
