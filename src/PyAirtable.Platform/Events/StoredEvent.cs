namespace PyAirtable.Platform.Events;

/// <summary>What others are told of an event that is stored; the rest is in the database.</summary>
/// <param name="Id">The row's number.</param>
/// <param name="EventType">Its type.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="Timestamp">When it came, UTC.</param>
internal readonly record struct StoredEvent(int Id, string EventType, int? UserId, DateTime Timestamp);
