using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Logging;

/// <summary>
/// Where all log lines of a process go: a bounded queue and one background thread that writes it to a stream.
/// No caller ever waits for the stream: when the queue is full, lines are dropped and counted, and the count is logged
/// as <c>log_dropped</c> at most once a second. A stream that fails, such as a closed pipe, ends the writing, not the process.
/// </summary>
public sealed class LogSink : ILoggerProvider, ILoggerFactory, IAsyncDisposable
{
    /// <summary>Lines that wait for the writer at most.</summary>
    public const int Capacity = 8192;

    /// <summary>How long <see cref="DisposeAsync"/> waits for a stream that takes nothing.</summary>
    private static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(2);

    private readonly LogQueue _queue;
    private readonly LogWriter _writer;
    private readonly TimeProvider _clock;
    private readonly LogLevel _level;

    /// <summary>Starts the writer's thread.</summary>
    /// <param name="options">Level and form.</param>
    /// <param name="output">Where lines go, such as standard output. Not closed by the sink.</param>
    /// <param name="clock">The time of the lines; its zone is used by the readable form.</param>
    public LogSink(LogOptions options, Stream output, TimeProvider clock)
        : this(options, output, clock, Capacity)
    {
    }

    internal LogSink(LogOptions options, Stream output, TimeProvider clock, int capacity)
    {
        _level = options.Level;
        _clock = clock;
        _queue = new LogQueue(capacity);
        ILineFormat format = options.Format == LogFormat.Json
            ? new JsonLine()
            : new TerminalLine(clock.LocalTimeZone, options.Format == LogFormat.TerminalColor);
        _writer = new LogWriter(_queue, output, format, clock);
    }

    /// <summary>Whether access lines are written: they are of level Information.</summary>
    public bool AccessEnabled => _level <= LogLevel.Information;

    /// <summary>Queues the line of an answered request. Allocates nothing and never waits.</summary>
    public void WriteAccess(in AccessLine line)
    {
        if (AccessEnabled)
        {
            _queue.Add(new LogEntry(_clock.GetUtcNow().Ticks, null, line));
        }
    }

    /// <summary>A logger that writes here. Frameworks' categories write warnings and worse only.</summary>
    public ILogger CreateLogger(string categoryName) =>
        new CategoryLogger(this, categoryName, IsFramework(categoryName) && _level < LogLevel.Warning ? LogLevel.Warning : _level, _level <= LogLevel.Debug);

    /// <summary>Not possible: there is one sink.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Log lines go to one sink.");

    /// <summary>Completes when all that was queued before is written, or the stream has failed.</summary>
    public Task FlushAsync(CancellationToken cancellation = default) => _writer.FlushAsync().WaitAsync(cancellation);

    /// <summary>Writes what is queued, then ends the writer's thread. A stream that takes nothing is given up after two seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await Task.WhenAny(_writer.Completion, Task.Delay(DisposeLimit, _clock));
    }

    /// <summary>As <see cref="DisposeAsync"/>, for hosts that dispose of loggers synchronously.</summary>
    public void Dispose()
    {
        _queue.Close();
        _writer.Completion.Wait(DisposeLimit);
    }

    internal void Write(LogMessage message) => _queue.Add(new LogEntry(_clock.GetUtcNow().Ticks, message, default));

    private static bool IsFramework(string category) =>
        category.StartsWith("Microsoft", StringComparison.Ordinal)
        || category.StartsWith("System.", StringComparison.Ordinal)
        || category.StartsWith("Yarp.", StringComparison.Ordinal);
}
