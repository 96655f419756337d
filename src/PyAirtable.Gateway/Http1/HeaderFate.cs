namespace PyAirtable.Gateway.Http1;

/// <summary>What becomes of a header of an upstream's answer.</summary>
internal enum HeaderFate
{
    /// <summary>The client gets it.</summary>
    Passes,

    /// <summary>It stays here: it is of the connection, or the gateway says this itself.</summary>
    Dropped,

    /// <summary>It says how long the body is.</summary>
    ContentLength,

    /// <summary>It says how the body is encoded for this connection.</summary>
    TransferEncoding,

    /// <summary>It names further headers of the connection.</summary>
    Connection,

    /// <summary>It is joined with the gateway's own.</summary>
    Vary,
}
