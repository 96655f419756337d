namespace PyAirtable.Gateway.FastPath;

/// <summary>What the bytes at the start of a connection's input are.</summary>
internal enum HeadVerdict
{
    /// <summary>The beginning of a request; more has to come.</summary>
    Incomplete,

    /// <summary>A request whose every byte is understood here.</summary>
    Usual,

    /// <summary>A handshake for the gateway's own WebSockets, as understood: <see cref="FastHead.Handshake"/>.</summary>
    Handshake,

    /// <summary>Anything else, good or bad: the HTTP server's business.</summary>
    Unusual,
}
