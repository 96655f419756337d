using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Logging;

/// <summary>
/// Where all log lines of a process go: callers make them and leave them in a bounded buffer, which one background thread writes to
/// a stream. No caller ever waits for the stream: when the buffer is full, lines are dropped and counted, and the count is logged
/// as <c>log_dropped</c> at most once a second. A stream that fails, such as a closed pipe, ends the writing, not the process.
/// </summary>
public sealed class LogSink : ILoggerProvider, ILoggerFactory, IAsyncDisposable
{
    /// <summary>Bytes that wait for the writer at most: those of 8192 access lines as long as they get.</summary>
    private const int Capacity = 8192 * JsonLine.AccessLimit;

    /// <summary>How long <see cref="DisposeAsync"/> waits for a stream that takes nothing.</summary>
    private static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(2);

    // A line is made outside of the lock, so that threads keep each other from nothing but the copy.
    [ThreadStatic]
    private static Utf8Line? _line;

    private readonly LogBuffer _buffer;
    private readonly LogWriter _writer;
    private readonly ILineFormat _format;
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
        _buffer = new LogBuffer(capacity);
        _format = options.Format == LogFormat.Json
            ? new JsonLine()
            : new TerminalLine(clock.LocalTimeZone, options.Format == LogFormat.TerminalColor);
        _writer = new LogWriter(_buffer, output, _format, clock);
    }

    /// <summary>Whether access lines are written: they are of level Information.</summary>
    public bool AccessEnabled => _level <= LogLevel.Information;

    /// <summary>Logs an answered request. Allocates nothing and never waits.</summary>
    public void WriteAccess(in AccessLine access)
    {
        if (AccessEnabled)
        {
            var line = EmptyLine();
            _format.Write(_clock.GetUtcNow().Ticks, access, line);
            _buffer.Append(line.Written);
        }
    }

    /// <summary>A logger that writes here. Frameworks' categories write warnings and worse only.</summary>
    public ILogger CreateLogger(string categoryName) =>
        new CategoryLogger(this, categoryName, IsFramework(categoryName) && _level < LogLevel.Warning ? LogLevel.Warning : _level, _level <= LogLevel.Debug);

    /// <summary>Not possible: there is one sink.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Log lines go to one sink.");

    /// <summary>Completes when all that was logged before is written, or the stream has failed.</summary>
    public Task FlushAsync(CancellationToken cancellation = default) => _writer.FlushAsync().WaitAsync(cancellation);

    /// <summary>Writes what is there, then ends the writer's thread. A stream that takes nothing is given up after two seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        _buffer.Close();
        await Task.WhenAny(_writer.Completion, Task.Delay(DisposeLimit, _clock));
    }

    /// <summary>As <see cref="DisposeAsync"/>, for hosts that dispose of loggers synchronously.</summary>
    public void Dispose()
    {
        _buffer.Close();
        _writer.Completion.Wait(DisposeLimit);
    }

    internal void Write(LogMessage message)
    {
        var line = EmptyLine();
        _format.Write(_clock.GetUtcNow().Ticks, message, line);
        _buffer.Append(line.Written);
    }

    private static Utf8Line EmptyLine()
    {
        var line = _line ??= new Utf8Line();
        line.Clear();
        return line;
    }

    private static bool IsFramework(string category) =>
        category.StartsWith("Microsoft", StringComparison.Ordinal)
        || category.StartsWith("System.", StringComparison.Ordinal)
        || category.StartsWith("Yarp.", StringComparison.Ordinal);
}
