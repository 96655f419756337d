namespace PyAirtable.Hosting.Events;

/// <summary>When the next sweep is due: the earliest of what was asked for.</summary>
internal sealed class SweepClock(TimeProvider time)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _next = time.GetUtcNow();

    /// <summary>Time until the sweep; zero when it is due.</summary>
    public TimeSpan Due
    {
        get
        {
            lock (_gate)
            {
                var due = _next - time.GetUtcNow();
                return due > TimeSpan.Zero ? due : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Asks for a sweep at the latest in this time.</summary>
    public void RequestIn(TimeSpan delay)
    {
        var asked = time.GetUtcNow() + delay;
        lock (_gate)
        {
            _next = asked < _next ? asked : _next;
        }
    }

    /// <summary>Forgets what was asked for: a sweep begins now.</summary>
    public void StartAgain(TimeSpan pause)
    {
        lock (_gate)
        {
            _next = time.GetUtcNow() + pause;
        }
    }
}
