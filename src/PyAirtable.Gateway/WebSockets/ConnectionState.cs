namespace PyAirtable.Gateway.WebSockets;

/// <summary>How far a client's connection has come.</summary>
internal enum ConnectionState
{
    /// <summary>It has not shown its key yet.</summary>
    Greeting,

    /// <summary>It takes messages.</summary>
    Open,

    /// <summary>It is being closed.</summary>
    Closing,
}
