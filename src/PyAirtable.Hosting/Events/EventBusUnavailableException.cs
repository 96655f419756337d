namespace PyAirtable.Hosting.Events;

/// <summary>The event bus cannot take an event now: Redis is away, or a consumer group is too far behind.</summary>
public sealed class EventBusUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
