namespace PyAirtable.Platform.Passwords;

/// <summary>So many passwords wait to be hashed that another would wait too long; the client should come back.</summary>
internal sealed class HashingBusyException : Exception
{
    /// <summary>Seconds after which a client may try again: about the time in which half a full queue is worked off.</summary>
    public const int RetryAfterSeconds = 5;

    public HashingBusyException()
        : base("Too many passwords wait to be hashed")
    {
    }
}
