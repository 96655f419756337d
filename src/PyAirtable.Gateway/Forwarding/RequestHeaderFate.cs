namespace PyAirtable.Gateway.Forwarding;

/// <summary>What becomes of a header of a client's request on its way to an upstream.</summary>
internal enum RequestHeaderFate
{
    /// <summary>The upstream gets it, unless the client names it as one of its connection.</summary>
    Passes,

    /// <summary>The upstream gets it whatever the client names: without it somebody else would seem to ask.</summary>
    Identifies,

    /// <summary>It says whom the request is from and how it came: it passes if the peer is trusted in that.</summary>
    Believed,

    /// <summary>It is of the client's connection, and stays behind.</summary>
    OfTheConnection,

    /// <summary>It is said to the gateway alone, or said by it alone, and stays behind.</summary>
    OfTheGateway,

    /// <summary>It says how this very message is read; who sends the next one writes its own.</summary>
    OfTheMessage,

    /// <summary>The gateway writes it, perhaps by what was sent.</summary>
    WrittenAnew,
}
