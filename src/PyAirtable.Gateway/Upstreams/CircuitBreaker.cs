using Polly;
using Polly.CircuitBreaker;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>
/// An upstream's circuit: closed it lets all calls through; it opens when too many of them fail, refuses all for a while, then lets
/// one try (half-open), and closes when that one succeeds (gateway contract 1.0).
/// <para>Polly's breaker wraps a callback, but a call's outcome is known long before its answer has been streamed, and every
/// asynchronous callback costs several allocations. So a closed circuit is only told of outcomes, by callbacks that are over at
/// once; the one call that tries an open circuit is a real callback, which ends with its <see cref="CircuitProbe"/>.</para>
/// </summary>
internal sealed class CircuitBreaker
{
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(1);

    private readonly UpstreamSettings _settings;
    private readonly TimeProvider _clock;
    private readonly Action<CircuitState> _changed;
    private readonly Lock _gate = new();
    private readonly CircuitBreakerStateProvider _provider = new();
    private readonly Lazy<ResiliencePipeline<CallOutcome>> _pipeline;
    private volatile CircuitState _state = CircuitState.Closed;
    private long _opened;

    /// <summary>A closed circuit.</summary>
    /// <param name="settings">When it opens, and for how long.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="changed">Told each new state.</param>
    public CircuitBreaker(UpstreamSettings settings, TimeProvider clock, Action<CircuitState> changed)
    {
        (_settings, _clock, _changed) = (settings, clock, changed);
        _pipeline = new(Build);
    }

    /// <summary>Its state.</summary>
    public CircuitState State => _state;

    /// <summary>Whether all calls pass.</summary>
    public bool IsClosed => _state == CircuitState.Closed;

    /// <summary>Whether a call would be refused now, and then how long it had better wait.</summary>
    public bool Refuses(out TimeSpan retryAfter)
    {
        retryAfter = _state switch
        {
            CircuitState.Closed => TimeSpan.Zero,
            CircuitState.Open => _settings.BreakerPause - _clock.GetElapsedTime(Volatile.Read(ref _opened)),
            _ => ProbePatience,
        };
        return retryAfter > TimeSpan.Zero;
    }

    /// <summary>Lets a call through, where it may pass.</summary>
    /// <param name="probe">What the call has to end when it is the one that tries; else null.</param>
    /// <param name="retryAfter">How long a refused one had better wait.</param>
    public bool TryPass(out CircuitProbe? probe, out TimeSpan retryAfter)
    {
        probe = null;
        if (Refuses(out retryAfter))
        {
            return false;
        }
        if (IsClosed)
        {
            return true;
        }

        var tried = new CircuitProbe();
        var context = ResilienceContextPool.Shared.Get(CancellationToken.None);
        var run = _pipeline.Value.ExecuteOutcomeAsync(static (_, tried) => tried.StartAsync(), context, tried);
        if (tried.IsStarted)
        {
            Refresh();
            _ = CompleteAsync(run, context);
            probe = tried;
            return true;
        }
        // Somebody else was faster.
        retryAfter = ProbePatience;
        return false;
    }

    /// <summary>Counts the outcome of a call that passed without a probe. Late ones, from before the circuit opened, do not count.</summary>
    public void Report(CallOutcome outcome)
    {
        if (!IsClosed)
        {
            return;
        }
        var context = ResilienceContextPool.Shared.Get(CancellationToken.None);
        var run = _pipeline.Value.ExecuteOutcomeAsync(static (_, outcome) => new ValueTask<Outcome<CallOutcome>>(Outcome.FromResult(outcome)), context, outcome);
        if (!run.IsCompletedSuccessfully)
        {
            _ = CompleteAsync(run, context);
            return;
        }
        ResilienceContextPool.Shared.Return(context);
        if (outcome.FailsUpstream)
        {
            Refresh();
        }
    }

    private async Task CompleteAsync(ValueTask<Outcome<CallOutcome>> run, ResilienceContext context)
    {
        await run;
        ResilienceContextPool.Shared.Return(context);
        Refresh();
    }

    // All changes come of calls made here, so this copy of the state is as good as the original, and read without its lock.
    private void Refresh()
    {
        CircuitState state;
        lock (_gate)
        {
            state = _provider.CircuitState;
            if (state == _state)
            {
                return;
            }
            if (state == CircuitState.Open)
            {
                Volatile.Write(ref _opened, _clock.GetTimestamp());
            }
            _state = state;
        }
        _changed(state);
    }

    private ResiliencePipeline<CallOutcome> Build() => new ResiliencePipelineBuilder<CallOutcome> { TimeProvider = _clock }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<CallOutcome>
        {
            FailureRatio = _settings.BreakerPercent / 100.0,
            MinimumThroughput = _settings.BreakerMinCalls,
            SamplingDuration = _settings.BreakerWindow,
            BreakDuration = _settings.BreakerPause,
            ShouldHandle = static call => new ValueTask<bool>(call.Outcome.Exception is null && call.Outcome.Result.FailsUpstream),
            StateProvider = _provider,
        })
        .Build();
}
