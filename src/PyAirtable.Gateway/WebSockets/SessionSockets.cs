using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using PyAirtable.Gateway.WebSockets.Delivery;
using PyAirtable.Gateway.WebSockets.Sources;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.WebSockets;

namespace PyAirtable.Gateway.WebSockets;

/// <summary>The gateway's WebSockets, put together.</summary>
internal sealed class SessionSockets
{
    // Protocol pings; a client that answers none in this time is cut (gateway contract 2.8).
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    private readonly SocketTerms _terms;
    private volatile PolledUpstreams? _polled;

    /// <summary>Composes them; nothing connects. Before the first tick of <see cref="Watch"/> comes <see cref="Use"/>.</summary>
    /// <param name="settings">Limits and times.</param>
    /// <param name="keys">The keys that clients send.</param>
    /// <param name="process">What the modules share.</param>
    public SessionSockets(WebSocketSettings settings, ApiKeys keys, ProcessContext process)
    {
        var log = process.Log.CreateLogger("gateway.websockets");
        var counters = new SocketCounters();
        var terms = _terms = new SocketTerms(settings, counters, process.Clock);
        var connections = new SessionDirectory(terms);
        var exchange = CreateExchange(connections, terms, process, log);
        var conversation = new Conversation(exchange, keys, terms);

        // permessage-deflate is never agreed to, which RFC 7692 leaves to the server: the messages are a few hundred bytes, a deflate
        // state takes some 300 KB, and without one that is kept between messages there is little to win.
        var options = new WebSocketOptions { KeepAliveInterval = KeepAlive, KeepAliveTimeout = KeepAlive };
        Endpoint = new WebSocketEndpoint(new WebSocketAcceptor(process.Stop, options, process.Log), connections, conversation, terms);
        Statistics = new StatisticsEndpoint(counters, connections, exchange);
        Messages = exchange;
        var broadcast = new Broadcast(connections, exchange);
        var status = new StatusSource(() => _polled!, broadcast, process.Clock);
        var costs = new CostSource(() => _polled!, broadcast, process.Clock, log);
        Watch = new SocketWatch(connections, conversation, exchange, terms, log, new Duty(() => CostSource.Pause, costs.PollAsync), new Duty(() => StatusSource.Pause, status.PollAsync));
        process.Metrics.AddGauge("pyairtable_websocket_connections", "WebSocket connections open.", () => connections.Tracked);
        process.Metrics.AddGauge("pyairtable_websocket_slow_readers", "WebSocket connections cut since the start because their clients did not read.", () => counters.Slow);
    }

    /// <summary>Takes handshakes.</summary>
    public WebSocketEndpoint Endpoint { get; }

    /// <summary>What is counted.</summary>
    public StatisticsEndpoint Statistics { get; }

    /// <summary>Sends to sessions.</summary>
    public ISessionMessages Messages { get; }

    /// <summary>What runs beside the requests.</summary>
    public SocketWatch Watch { get; }

    /// <summary>Holds to other settings from now on. Connections stay.</summary>
    public void Use(WebSocketSettings settings, PolledUpstreams polled) => (_terms.Settings, _polled) = (settings, polled);

    private static ISessionExchange CreateExchange(SessionDirectory connections, SocketTerms terms, ProcessContext process, ILogger log)
    {
        var local = new LocalExchange(connections, new MessageQueues(() => terms.Settings.MaxQueuedMessages), terms);
        if (process.Redis is not { } redis)
        {
            return local;
        }
        var sessions = new RedisSessions(Guid.NewGuid().ToString("N"), terms);
        var link = process.Own(new RedisLink(redis.ForSubscriptions(), sessions.ChannelIn, process.Clock, log));
        var exchange = new RedisExchange(local, connections, link, sessions, terms, log);
        link.Received = exchange.Receive;
        return exchange;
    }
}
