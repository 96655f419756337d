namespace PyAirtable.Gateway.WebSockets.Delivery;

/// <summary>What became of a message for a session.</summary>
internal enum DeliveryOutcome
{
    /// <summary>The session has no authenticated connection.</summary>
    Nobody,

    /// <summary>It has, but none took the message.</summary>
    Refused,

    /// <summary>At least one took it.</summary>
    Taken,
}
