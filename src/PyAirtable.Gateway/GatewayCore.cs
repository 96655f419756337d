using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyAirtable.Gateway.Cutover;
using PyAirtable.Gateway.Documentation;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Health;
using PyAirtable.Gateway.WebSockets;
using PyAirtable.Hosting.RateLimiting;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Gateway;

/// <summary>What of the gateway lives as long as its process, whatever becomes of the settings: all that has connections, or a memory.</summary>
internal sealed class GatewayCore
{
    private (RateLimitOptions Options, IRateLimiter Limiter)? _limiter;

    /// <summary>Makes it; nothing connects.</summary>
    public GatewayCore(GatewaySettings settings, ProcessContext process)
    {
        Process = process;
        Log = process.Log.CreateLogger("gateway");
        Keys = new ApiKeys(settings.ClientKeys);
        Loops = process.Loops;
        Client = process.Own(new UpstreamClient(settings.Llm.Timeouts.Connect));
        Yarp = process.Own(new YarpForwarder());
        Sockets = new SessionSockets(settings.WebSockets, Keys, process);
        Health = new GatewayHealth(process.Clock);
        Split = process.Own(new TrafficSplit(process, Log));
        Workers = process.Redis is { } redis && settings.Tokens is not null
            ? [Sockets.Watch, new RevocationFeed(redis, process.RevokedTokens, process.Clock, Log)]
            : [Sockets.Watch];
    }

    /// <summary>What the modules share.</summary>
    public ProcessContext Process { get; }

    /// <summary>The gateway's log.</summary>
    public ILogger Log { get; }

    /// <summary>The keys that clients send.</summary>
    public ApiKeys Keys { get; }

    /// <summary>What sockets live on.</summary>
    public EventLoops Loops { get; }

    /// <summary>Connections to upstreams for what the own client does not do.</summary>
    public UpstreamClient Client { get; }

    /// <summary>Forwards by that.</summary>
    public YarpForwarder Yarp { get; }

    /// <summary>The WebSockets.</summary>
    public SessionSockets Sockets { get; }

    /// <summary>What goes on beside requests.</summary>
    public IReadOnlyList<IHostedService> Workers { get; }

    /// <summary>The route groups with two sides.</summary>
    public TrafficSplit Split { get; }

    /// <summary>The gateway's own health.</summary>
    public GatewayHealth Health { get; }

    /// <summary>The documentation pages.</summary>
    public DocumentationEndpoints Documentation { get; } = new();

    /// <summary>The rate limiter of the settings: the one of before, with its buckets, where they ask for the same.</summary>
    public IRateLimiter LimiterFor(GatewaySettings settings)
    {
        // Unless chosen otherwise, as many as a minute allows may come at once, as with the Go gateway's window.
        var options = new RateLimitOptions(settings.RequestsPerMinute, settings.RateLimitBurst);
        if (_limiter is not { } known || known.Options != options)
        {
            var local = new LocalRateLimiter(options, Process.Clock);
            known = (options, Process.Redis is { } redis ? new RedisRateLimiter(redis, local, options, Process.Clock, Process.Log) : local);
            _limiter = known;
        }
        return known.Limiter;
    }
}
