using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyAirtable.Gateway.WebSockets.Delivery;

namespace PyAirtable.Gateway.WebSockets;

/// <summary>All that happens by itself, from one timer for the whole process: late connections are closed, all are pinged, queues
/// are swept, upstreams polled. No connection has a timer of its own.</summary>
internal sealed class SocketWatch : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestIdlePause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SweepPause = TimeSpan.FromSeconds(5);
    private static readonly ConnectionLimits Limits = new(
        Greeting: TimeSpan.FromSeconds(10),
        Write: TimeSpan.FromSeconds(15),
        Close: TimeSpan.FromSeconds(3),
        Idle: null);

    private readonly SessionDirectory _connections;
    private readonly Conversation _conversation;
    private readonly SocketTerms _terms;
    private readonly ILogger _log;
    private readonly Duty[] _duties;

    /// <summary>A watch over connections.</summary>
    /// <param name="connections">Whom.</param>
    /// <param name="conversation">Closes them.</param>
    /// <param name="exchange">Is swept.</param>
    /// <param name="terms">Settings and clock.</param>
    /// <param name="log">Where failures go.</param>
    /// <param name="more">What else is to be done.</param>
    public SocketWatch(SessionDirectory connections, Conversation conversation, ISessionExchange exchange, SocketTerms terms, ILogger log, params IEnumerable<Duty> more)
    {
        (_connections, _conversation, _terms, _log) = (connections, conversation, terms, log);
        _duties =
        [
            new Duty(() => TimeSpan.Zero, _ => CheckAsync(Limits)),
            new Duty(() => terms.Settings.PingInterval, PingAsync),
            new Duty(IdlePause, _ => CheckAsync(Limits with { Idle = terms.Settings.IdleTimeout })),
            new Duty(() => SweepPause, exchange.SweepAsync),
            .. more,
        ];
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, _terms.Clock);
        try
        {
            do
            {
                foreach (var duty in _duties)
                {
                    duty.StartIfDue(_terms.Clock, _log, stoppingToken);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(_duties.Select(duty => duty.Running));
        }
    }

    private TimeSpan IdlePause()
    {
        var pause = _terms.Settings.IdleTimeout / 5;
        return pause < LongestIdlePause ? pause : LongestIdlePause;
    }

    private Task CheckAsync(ConnectionLimits limits)
    {
        foreach (var connection in _connections.Connections)
        {
            if (connection.Check(limits) is { } reason)
            {
                _conversation.Close(connection, reason);
            }
        }
        return Task.CompletedTask;
    }

    private async Task PingAsync(CancellationToken cancel)
    {
        var ping = Frames.Ping(_terms.Clock.GetUtcNow());
        var pace = new Pace();
        foreach (var connection in _connections.Connections)
        {
            if (connection.State == ConnectionState.Open)
            {
                connection.Ping(ping);
                await pace.NextAsync(cancel);
            }
        }
    }
}
