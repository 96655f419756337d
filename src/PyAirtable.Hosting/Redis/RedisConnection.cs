using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace PyAirtable.Hosting.Redis;

/// <summary>
/// The process's connection to Redis. Nothing is connected before the first use, and a Redis that is missing
/// costs its callers nothing: they are told at once, while reconnecting goes on in the background.
/// </summary>
public sealed partial class RedisConnection(RedisOptions options, ILoggerFactory loggers, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstUseWait = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly ILogger _logger = loggers.CreateLogger<RedisConnection>();
    private readonly Lock _gate = new();
    private volatile ConnectionMultiplexer? _multiplexer;
    private IDatabase? _database;
    private Task? _connecting;
    private DateTimeOffset _waitUntil;
    private DateTimeOffset _retryAt;
    private int _lost;
    private bool _disposed;

    private TimeSpan AnswerTimeout { get; init; } = Timeout;

    private bool CanSubscribe { get; init; }

    /// <summary>
    /// The database, or null while Redis cannot be reached. Answers at once, except that the very first callers
    /// wait together for the first connection, at most 300 ms.
    /// </summary>
    public ValueTask<IDatabase?> GetDatabaseAsync(CancellationToken cancellationToken) =>
        _multiplexer is { } multiplexer
            ? new ValueTask<IDatabase?>(multiplexer.IsConnected ? _database : null)
            : ConnectFirstAsync(cancellationToken);

    /// <summary>Whether it was looked for and not found, or lost, and is not back yet. False before the first use.</summary>
    public bool IsLost => Volatile.Read(ref _lost) == 1;

    /// <summary>Whether Redis answers a PING within one second. Never throws but for cancellation.</summary>
    public async Task<bool> PingAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await GetDatabaseAsync(cancellationToken) is not { } database)
            {
                return false;
            }

            await database.PingAsync().WaitAsync(Timeout, time, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Closes the connection; later uses find no database.</summary>
    public async ValueTask DisposeAsync()
    {
        Task? connecting;
        lock (_gate)
        {
            _disposed = true;
            connecting = _connecting;
        }

        if (connecting is not null)
        {
            await connecting;
        }

        if (_multiplexer is { } multiplexer)
        {
            await multiplexer.DisposeAsync();
        }
    }

    /// <summary>A connection of its own for blocking reads, which would hold up everyone on a shared one. Silent: this one tells of losses.</summary>
    internal RedisConnection ForBlockingReads() => new(options, NullLoggerFactory.Instance, time) { AnswerTimeout = 5 * Timeout };

    /// <summary>A connection of its own that can subscribe to channels too. Silent, as for blocking reads.</summary>
    public RedisConnection ForSubscriptions() => new(options, NullLoggerFactory.Instance, time) { CanSubscribe = true };

    private async ValueTask<IDatabase?> ConnectFirstAsync(CancellationToken cancellationToken)
    {
        Task connecting;
        TimeSpan wait;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_connecting is null)
            {
                if (_disposed || now < _retryAt)
                {
                    return null;
                }

                // Only the first attempt is worth waiting for: after a failure callers are not held up again.
                _waitUntil = _retryAt == default ? now + FirstUseWait : now;
                _connecting = Task.Run(ConnectAsync, CancellationToken.None);
            }

            connecting = _connecting;
            wait = _waitUntil - now;
        }

        if (wait > TimeSpan.Zero)
        {
            // ConnectAsync never faults, so nothing but the wait's end or a cancellation comes out of this.
            await Task.WhenAny(connecting, Task.Delay(wait, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }

        return _multiplexer is { IsConnected: true } ? _database : null;
    }

    private async Task ConnectAsync()
    {
        try
        {
            var multiplexer = await ConnectionMultiplexer.ConnectAsync(Configure());
            multiplexer.ConnectionFailed += (_, failure) => MarkLost(failure.FailureType);
            multiplexer.ConnectionRestored += (_, _) => MarkFound();
            _database = multiplexer.GetDatabase();
            _multiplexer = multiplexer;
            MarkFound();
        }
        catch (Exception e)
        {
            MarkLost(FailureOf(e));
            lock (_gate)
            {
                _retryAt = time.GetUtcNow() + RetryAfter;
                _connecting = null;
            }
        }
    }

    private static ConnectionFailureType FailureOf(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure })
            {
                return ConnectionFailureType.AuthenticationFailure;
            }
        }

        return ConnectionFailureType.UnableToConnect;
    }

    private ConfigurationOptions Configure()
    {
        var configuration = new ConfigurationOptions
        {
            ClientName = "pyairtable",
            User = options.User,
            Password = options.Password,
            DefaultDatabase = options.Database,
            Ssl = options.Tls,
            SslHost = options.Tls ? options.Host : null,
            // The third version carries channels and commands on one connection, in order; the others need none of it.
            Protocol = CanSubscribe ? RedisProtocol.Resp3 : RedisProtocol.Resp2,
            // The first connection is tried again here, where its failure says why; later ones by the client itself.
            AbortOnConnectFail = true,
            ConnectTimeout = (int)Timeout.TotalMilliseconds,
            SyncTimeout = (int)AnswerTimeout.TotalMilliseconds,
            AsyncTimeout = (int)AnswerTimeout.TotalMilliseconds,
            BacklogPolicy = BacklogPolicy.FailFast,
            ReconnectRetryPolicy = new ExponentialRetry(250, 5000),
            // One server, no sentinel: what is asked of a topology, and the second connection for pub/sub, is left out.
            TieBreaker = "",
            SetClientLibrary = false,
            CommandMap = CanSubscribe ? CommandMap.Default : CommandMap.Create(["SUBSCRIBE"], available: false),
        };
        if (!CanSubscribe)
        {
            // Where there may be subscriptions, this one is what prepares for them: without it the first fails for want of a connection.
            configuration.ConfigurationChannel = "";
        }
        configuration.EndPoints.Add(IPAddress.TryParse(options.Host, out var address)
            ? new IPEndPoint(address, options.Port)
            : new DnsEndPoint(options.Host, options.Port));
        return configuration;
    }

    private void MarkLost(ConnectionFailureType reason)
    {
        if (!_disposed && Interlocked.Exchange(ref _lost, 1) == 0)
        {
            LogLost(_logger, options, reason);
        }
    }

    private void MarkFound()
    {
        if (Interlocked.Exchange(ref _lost, 0) == 1)
        {
            LogFound(_logger, options);
        }
    }
}
