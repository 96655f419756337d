namespace PyAirtable.Gateway.WebSockets;

/// <summary>What is counted since the start of the process (gateway contract 1.9).</summary>
internal sealed class SocketCounters
{
    private long _connections;
    private long _sent;
    private long _queued;
    private long _violations;
    private long _failures;
    private long _slow;

    /// <summary>Connections accepted.</summary>
    public long Connections => Volatile.Read(ref _connections);

    /// <summary>Data messages and pongs sent.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Messages queued.</summary>
    public long Queued => Volatile.Read(ref _queued);

    /// <summary>Connections that ran into their rate limit.</summary>
    public long Violations => Volatile.Read(ref _violations);

    /// <summary>Wrong keys.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Connections cut because their client did not take what was sent.</summary>
    public long Slow => Volatile.Read(ref _slow);

    /// <summary>Counts a connection.</summary>
    public void AddConnection() => Interlocked.Increment(ref _connections);

    /// <summary>Counts a message that was sent.</summary>
    public void AddSent() => Interlocked.Increment(ref _sent);

    /// <summary>Counts a message that was queued.</summary>
    public void AddQueued() => Interlocked.Increment(ref _queued);

    /// <summary>Counts a connection that ran into its limit.</summary>
    public void AddViolation() => Interlocked.Increment(ref _violations);

    /// <summary>Counts a wrong key.</summary>
    public void AddFailure() => Interlocked.Increment(ref _failures);

    /// <summary>Counts a connection cut for being slow.</summary>
    public void AddSlow() => Interlocked.Increment(ref _slow);
}
