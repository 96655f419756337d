using Polly;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>The one call that tries whether an open circuit may close. It has to be ended: the circuit stays half-open until then.</summary>
internal sealed class CircuitProbe
{
    private readonly TaskCompletionSource<Outcome<CallOutcome>> _end = new();

    /// <summary>Whether the circuit has let it through.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>Runs until <see cref="End"/>.</summary>
    public ValueTask<Outcome<CallOutcome>> StartAsync()
    {
        IsStarted = true;
        return new(_end.Task);
    }

    /// <summary>Ends it; the first time counts. A success closes the circuit, a failure opens it again.</summary>
    public void End(CallOutcome outcome) => _end.TrySetResult(Outcome.FromResult(outcome));

    /// <summary>Ends it without an outcome, as when the client has left: it has not shown that the upstream is well.</summary>
    public void Abandon() => End(CallOutcome.TimedOut);
}
