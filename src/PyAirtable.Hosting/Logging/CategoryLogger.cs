using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Logging;

/// <summary>A category's logger: takes a call's text and values as they are now, redacted, and writes them.</summary>
/// <param name="sink">Where messages go.</param>
/// <param name="category">The category's name.</param>
/// <param name="level">The least level that is written.</param>
/// <param name="allStacks">Whether exceptions below Error are written with their stack.</param>
internal sealed class CategoryLogger(LogSink sink, string category, LogLevel level, bool allStacks) : ILogger
{
    /// <summary>Scopes are not kept: what a line says is in its values.</summary>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= level && logLevel < LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var captured = CapturedValues.From(state as IReadOnlyList<KeyValuePair<string, object?>>);
        var text = captured.HasSecret ? captured.RenderTemplate() : formatter(state, exception);
        var stack = exception is not null && (allStacks || logLevel >= LogLevel.Error) ? exception.StackTrace : null;
        var error = exception is null ? null : new LogError(exception.GetType().FullName ?? "", Redaction.Text(exception.Message), stack);
        var traceId = captured.HasTraceId ? null : Activity.Current?.TraceId.ToHexString();
        sink.Write(new LogMessage(logLevel, category, eventId.Id, Redaction.Text(text), captured.Values, error, traceId));
    }
}
