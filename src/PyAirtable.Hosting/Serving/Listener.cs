using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Hosting.Serving;

/// <summary>A Kestrel server on one address. Kestrel comes from ASP.NET Core's empty builder, which is the documented way to all
/// of its features; the application on top is ours.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private const int MaxRequestLineBytes = 16 * 1024;
    private const int MaxHeaderBytes = 32 * 1024;

    // Whoever stands before a service may not take a bare line feed for the end of a line.
    private const string RefuseBareLineFeeds = "Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators";

    private readonly WebApplication _host;
    private readonly IServer _server;

    public Listener(ListenSettings listen, long maxBodyBytes, ILoggerFactory loggers)
    {
        AppContext.SetSwitch(RefuseBareLineFeeds, true);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Bytes above ASCII are read as the Python services read them, instead of failing the request.
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            // So that the gateway can pass on, byte for byte, what clients and upstreams sent.
            kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
            kestrel.Limits.MaxRequestBodySize = maxBodyBytes;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
            kestrel.Listen(listen.Address, listen.Port, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        _host = builder.Build();
        _server = _host.Services.GetRequiredService<IServer>();
    }

    /// <summary>Where it listens, once started: <c>http://127.0.0.1:8007</c>; an address of all interfaces is shown as <c>localhost</c>.</summary>
    public string Url { get; private set; } = "";

    /// <summary>The port in use, once started.</summary>
    public int Port { get; private set; }

    /// <summary>Binds and begins to accept.</summary>
    /// <exception cref="IOException">The address is in use or may not be bound.</exception>
    public async Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancel)
        where TContext : notnull
    {
        await _server.StartAsync(application, cancel);
        var bound = new Uri(_server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        Port = bound.Port;
        var everywhere = IPAddress.TryParse(bound.Host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
        Url = $"http://{(everywhere ? "localhost" : bound.Host)}:{bound.Port}";
    }

    /// <summary>Stops accepting, lets requests in flight end until <paramref name="cancel"/>, then cuts them.</summary>
    public Task StopAsync(CancellationToken cancel) => _server.StopAsync(cancel);

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
