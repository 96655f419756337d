using System.Diagnostics;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>The time that a call has, phase by phase and as a whole.</summary>
/// <param name="firstByte">Until the answer's head.</param>
/// <param name="silence">Between two pieces of its body.</param>
/// <param name="total">In all, from now on; infinite for no limit.</param>
/// <param name="cancel">Cancels it as well.</param>
internal sealed class CallLimit(TimeSpan firstByte, TimeSpan silence, TimeSpan total, CancellationToken cancel) : IDisposable
{
    private readonly CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The time until the answer's head begins.</summary>
    public void Start() => CancelAfter(firstByte);

    /// <summary>The time until the next piece of its body begins.</summary>
    public void Next() => CancelAfter(silence);

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private void CancelAfter(TimeSpan phase)
    {
        if (total == Timeout.InfiniteTimeSpan)
        {
            _source.CancelAfter(phase);
            return;
        }
        var rest = total - Stopwatch.GetElapsedTime(_started);
        _source.CancelAfter(rest <= TimeSpan.Zero ? TimeSpan.Zero : rest < phase ? rest : phase);
    }
}
