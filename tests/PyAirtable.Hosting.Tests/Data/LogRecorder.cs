using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Tests.Data;

/// <summary>Keeps the level and event id of what is logged.</summary>
internal sealed class LogRecorder : ILoggerFactory, ILogger
{
    public List<(LogLevel Level, int Event)> Entries { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Entries.Add((logLevel, eventId.Id));

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
