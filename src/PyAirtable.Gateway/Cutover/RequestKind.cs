namespace PyAirtable.Gateway.Cutover;

/// <summary>How a request with two sides passes the gateway.</summary>
internal enum RequestKind
{
    /// <summary>Its body goes on as it comes.</summary>
    Forwarded,

    /// <summary>Its body was read, and is with who makes the calls.</summary>
    Relayed,

    /// <summary>As that, and the answer goes to WebSockets in pieces: it is neither timed nor copied.</summary>
    Streamed,
}
