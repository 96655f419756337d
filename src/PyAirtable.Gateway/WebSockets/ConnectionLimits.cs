namespace PyAirtable.Gateway.WebSockets;

/// <summary>How long a client's connection may take for things.</summary>
/// <param name="Greeting">To show its key.</param>
/// <param name="Write">To take what is written to it.</param>
/// <param name="Close">To answer a close.</param>
/// <param name="Idle">To be silent; null where that is not looked at this time.</param>
internal readonly record struct ConnectionLimits(TimeSpan Greeting, TimeSpan Write, TimeSpan Close, TimeSpan? Idle);
