namespace PyAirtable.Gateway.Tests.FastPath;

/// <summary>A handshake for a WebSocket.</summary>
/// <param name="Name">What is special.</param>
/// <param name="Request">The handshake, raw; all text is Latin-1.</param>
/// <param name="IsFast">Whether the fast path takes it; else it is the server's.</param>
public sealed record SocketRow(string Name, string Request, bool IsFast = true)
{
    public override string ToString() => Name;
}
