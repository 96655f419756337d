namespace PyAirtable.Hosting.Logging;

/// <summary>A place in the queue: either an access line, which is formatted by the writer, or a message.</summary>
/// <param name="At">Time of the call, in UTC ticks.</param>
/// <param name="Message">The message; null where this is an access line.</param>
/// <param name="Access">The access line where there is no message.</param>
internal readonly record struct LogEntry(long At, LogMessage? Message, AccessLine Access);
