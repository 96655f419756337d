using Polly.CircuitBreaker;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Upstreams;

public sealed class CircuitBreakerTests
{
    private static readonly CallOutcome Fine = CallOutcome.Answered(200);

    private readonly ManualTime _time = new();
    private readonly List<CircuitState> _changes = [];
    private readonly CircuitBreaker _breaker;

    public CircuitBreakerTests() => _breaker = new CircuitBreaker(new UpstreamSettings(), _time, _changes.Add);

    public static TheoryData<string, int, int, bool> Runs => new()
    {
        { "connect", 20, 0, true },
        { "connect", 19, 0, false },
        { "connect", 10, 10, true },
        { "connect", 10, 11, false },
        { "timeout", 20, 0, true },
        { "502", 20, 0, true },
        { "503", 10, 10, true },
        { "504", 20, 0, true },
        { "500", 1000, 0, false },
        { "429", 1000, 0, false },
        { "broken", 1000, 0, false },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void Report_OfARun_OpensAsTheContractSays(string failure, int failures, int successes, bool opens)
    {
        Report(Fine, successes);
        Report(Outcome(failure), failures);

        Assert.Equal(opens ? CircuitState.Open : CircuitState.Closed, _breaker.State);
        Assert.Equal(opens, _breaker.Refuses(out _));
    }

    [Fact]
    public void Report_OfFailuresOverMoreThanTheWindow_DoesNotOpen()
    {
        for (var i = 0; i < 60; i++)
        {
            Report(CallOutcome.TimedOut, 1);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(_breaker.IsClosed);
    }

    [Fact]
    public void TryPass_WhenOpen_RefusesUntilThePauseIsOver()
    {
        Report(CallOutcome.ConnectFailed, 20);

        Assert.False(_breaker.TryPass(out _, out var retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(5), retryAfter);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(_breaker.TryPass(out _, out retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(1), retryAfter);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(_breaker.TryPass(out var probe, out _));
        Assert.NotNull(probe);
        Assert.Equal(CircuitState.HalfOpen, _breaker.State);
        Assert.False(_breaker.TryPass(out _, out retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(1), retryAfter);
    }

    [Fact]
    public async Task Probe_ThatSucceeds_ClosesAndForgets()
    {
        Report(CallOutcome.ConnectFailed, 20);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(_breaker.TryPass(out var probe, out _));

        probe!.End(CallOutcome.Answered(500));
        await UntilAsync(CircuitState.Closed);

        Assert.True(_breaker.TryPass(out probe, out _));
        Assert.Null(probe);
        Report(CallOutcome.ConnectFailed, 19);
        Assert.True(_breaker.IsClosed);
        Assert.Equal([CircuitState.Open, CircuitState.HalfOpen, CircuitState.Closed], _changes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Probe_ThatFailsOrIsAbandoned_OpensAgain(bool fails)
    {
        Report(CallOutcome.ConnectFailed, 20);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(_breaker.TryPass(out var probe, out _));

        if (fails)
        {
            probe!.End(CallOutcome.Answered(503));
        }
        probe!.Abandon();
        await UntilAsync(CircuitState.Open);

        Assert.True(_breaker.Refuses(out var retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(5), retryAfter);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(_breaker.TryPass(out probe, out _));
        Assert.NotNull(probe);
    }

    [Fact]
    public async Task TryPass_OfManyAtOnce_GivesOneProbe()
    {
        Report(CallOutcome.ConnectFailed, 20);
        _time.Advance(TimeSpan.FromSeconds(5));

        var passed = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => _breaker.TryPass(out var probe, out var _) && probe is not null)));

        Assert.Single(passed, true);
    }

    private static CallOutcome Outcome(string name) => name switch
    {
        "connect" => CallOutcome.ConnectFailed,
        "timeout" => CallOutcome.TimedOut,
        "broken" => CallOutcome.Broken,
        _ => CallOutcome.Answered(int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)),
    };

    private Task UntilAsync(CircuitState state) => Eventually.TrueAsync(() => _breaker.State == state);

    private void Report(CallOutcome outcome, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _breaker.Report(outcome);
        }
    }
}
