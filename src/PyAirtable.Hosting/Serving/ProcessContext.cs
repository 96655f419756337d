using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Events;
using PyAirtable.Hosting.Lifetime;
using PyAirtable.Hosting.Logging;
using PyAirtable.Hosting.Metrics;
using PyAirtable.Hosting.Redis;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Settings;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Hosting.Serving;

/// <summary>What the modules of one process share. Things are made by who needs them and given here to be disposed at the end.</summary>
public sealed class ProcessContext(ProcessSettings settings, LogSink log, TimeProvider clock) : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _owned = [];
    private readonly Dictionary<string, ServiceApplication> _services = [];
    private RedisConnection? _redis;
    private IEventBus? _events;
    private EventLoops? _loops;

    /// <summary>Settings of the process as a whole.</summary>
    public ProcessSettings Settings { get; } = settings;

    /// <summary>Where all log lines go; also the factory of loggers.</summary>
    public LogSink Log { get; } = log;

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; } = clock;

    /// <summary>Metrics of the process.</summary>
    public ServiceMetrics Metrics { get; } = new(clock);

    /// <summary>The stop of the process.</summary>
    public GracefulStop Stop { get; } = new();

    /// <summary>The connection to Redis, which connects at its first use; null when none is configured.</summary>
    public RedisConnection? Redis => _redis ??= Settings.Redis is { } options ? OpenRedis(options) : null;

    /// <summary>The event bus: on Redis where it is configured, else within the process.</summary>
    public IEventBus Events => _events ??= Own<IEventBus>(Redis is { } redis
        ? new RedisStreamEventBus(redis, new RedisStreamOptions(), Clock, Log)
        : new InProcessEventBus(Clock, Log));

    /// <summary>Access tokens that the modules of this process refuse without asking the database.</summary>
    public RevokedTokens RevokedTokens { get; } = new(clock);

    /// <summary>The event loops of its connections, one per processor; their threads start with the first.</summary>
    public EventLoops Loops => _loops ??= Own(new EventLoops(Environment.ProcessorCount));

    /// <summary>A database, with its pool in the metrics; nothing is connected yet.</summary>
    public Database OpenDatabase(DatabaseOptions options)
    {
        var database = Own(Database.Create(options, Log, Clock));
        Metrics.AddGauge("pyairtable_database_connections_max", "Connections to the database at most.", () => database.PoolSize);
        Metrics.AddGauge("pyairtable_database_connections_in_use", "Connections to the database in use.", () => database.CheckedOut);
        return database;
    }

    /// <summary>Keeps something to be disposed when the process ends, last made first.</summary>
    public T Own<T>(T resource)
        where T : IAsyncDisposable
    {
        _owned.Push(resource);
        return resource;
    }

    /// <summary>A service of this same process, which can be called without a network hop; null when it is not here.</summary>
    public ServiceApplication? FindService(string name) => _services.GetValueOrDefault(name);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        while (_owned.TryPop(out var resource))
        {
            await resource.DisposeAsync();
        }
        Stop.Dispose();
        await Log.DisposeAsync();
    }

    internal void Add(ServiceApplication service) => _services.Add(service.Name, service);

    private RedisConnection OpenRedis(RedisOptions options)
    {
        var redis = Own(new RedisConnection(options, Log, Clock));
        Metrics.AddGauge("pyairtable_redis_up", "0 while Redis was looked for and cannot be reached, else 1.", () => redis.IsLost ? 0 : 1);
        return redis;
    }
}
