namespace PyAirtable.Gateway.Tests.Forwarding;

/// <summary>What an upstream does with a connection after an answer.</summary>
public enum Ending
{
    /// <summary>Waits for the next request.</summary>
    Hold,

    /// <summary>Closes it.</summary>
    Close,

    /// <summary>Resets it.</summary>
    Reset,

    /// <summary>Keeps it open, and says nothing more to anything.</summary>
    Silence,
}
