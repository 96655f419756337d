namespace PyAirtable.Testing;

/// <summary>A clock that moves only when told to. Timers run on the real one, those that tick faster if told so.</summary>
public sealed class ManualTime : TimeProvider
{
    private long _ticks = new DateTimeOffset(2025, 1, 15, 9, 31, 2, TimeSpan.Zero).Ticks;

    /// <summary>How many times as fast periodic timers tick, for tests that wait for ticks.</summary>
    public int TickRate { get; init; } = 1;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Moves on.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        period > TimeSpan.Zero ? base.CreateTimer(callback, state, dueTime / TickRate, period / TickRate) : base.CreateTimer(callback, state, dueTime, period);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);
}
