using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Tests.Redis;

/// <summary>Keeps the event ids and texts of what is logged.</summary>
internal sealed class RecordedLogs : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(int Id, string Text)> _lines = new();

    public int CountOf(int eventId) => _lines.Count(line => line.Id == eventId);

    public IEnumerable<string> Texts => _lines.Select(line => line.Text);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((eventId.Id, formatter(state, exception)));

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
