using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Logging;

/// <summary>A log call as it was at the time of the call: redacted texts and values that no longer change.</summary>
internal sealed record LogMessage(LogLevel Level, string Logger, int EventId, string Text, LogValue[] Values, LogError? Error, string? TraceId);

/// <summary>A named value of a message: text, number, truth value or null.</summary>
/// <param name="Name">As in the message template.</param>
/// <param name="Value">A string, a primitive or null.</param>
/// <param name="InText">Whether the message's text already shows it.</param>
internal readonly record struct LogValue(string Name, object? Value, bool InText);

/// <summary>An exception's type, message and bounded stack.</summary>
internal sealed record LogError(string Type, string Message, string? Stack);
