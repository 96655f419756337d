namespace PyAirtable.Gateway.WebSockets;

/// <summary>A data message for the clients of a session (gateway contract 2.5).</summary>
/// <param name="Type">Such as <c>chat_stream</c>; says its priority in a queue too.</param>
/// <param name="Data">A JSON object, which the envelope's <c>data</c> becomes.</param>
internal sealed record SessionMessage(string Type, ReadOnlyMemory<byte> Data);
