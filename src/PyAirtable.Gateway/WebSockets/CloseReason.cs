using System.Net.WebSockets;

namespace PyAirtable.Gateway.WebSockets;

/// <summary>Why the gateway closes a WebSocket (gateway contract 2.2 and 2.8).</summary>
/// <param name="Status">The close frame's code.</param>
/// <param name="Text">The close frame's reason.</param>
internal readonly record struct CloseReason(WebSocketCloseStatus Status, string? Text)
{
    /// <summary>No auth message came in time.</summary>
    public static readonly CloseReason AuthenticationTimeout = Refused("Authentication timeout");

    /// <summary>The first message was no JSON text.</summary>
    public static readonly CloseReason InvalidJson = Refused("Invalid JSON");

    /// <summary>The first message was no auth message.</summary>
    public static readonly CloseReason AuthenticationRequired = Refused("Authentication required");

    /// <summary>The auth message had no key.</summary>
    public static readonly CloseReason KeyRequired = Refused("API key required");

    /// <summary>The auth message had a wrong key.</summary>
    public static readonly CloseReason AuthenticationFailed = Refused("Authentication failed");

    /// <summary>Nothing went to or fro for long.</summary>
    public static readonly CloseReason Idle = new(WebSocketCloseStatus.NormalClosure, "Connection timeout");

    /// <summary>A message was larger than allowed.</summary>
    public static readonly CloseReason TooLarge = new(WebSocketCloseStatus.MessageTooBig, "Message too big");

    private static CloseReason Refused(string text) => new(WebSocketCloseStatus.PolicyViolation, text);
}
