using PyAirtable.Load.Loop;
using PyAirtable.Load.Simulations;
using PyAirtable.Load.Statistics;
using PyAirtable.Load.Systems;

namespace PyAirtable.Load.Scenarios;

/// <summary>Runs a scenario and measures it.</summary>
internal sealed class ScenarioRunner : IDisposable
{
    // Iterations under way at most; those that are due beyond are counted as overload.
    private const int MostInFlight = 20_000;
    private const double WarmUpShare = 0.25;
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromMilliseconds(10);
    private static readonly double[] Percents = [0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.9, 99.95, 99.99, 100];

    private readonly ScenarioStatistics _statistics = new();
    private readonly Scenario _scenario;
    private readonly LoadLoop _loop;
    private readonly SystemUnderTest _system;
    private readonly CancellationToken _cancel;
    private readonly CancellationTokenSource _stop;
    private long _planned;
    private Exception? _fault;

    /// <summary>A run.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="loop">Where.</param>
    /// <param name="system">What it runs against.</param>
    /// <param name="cancel">Ends it early; what was measured until then is kept.</param>
    public ScenarioRunner(Scenario scenario, LoadLoop loop, SystemUnderTest system, CancellationToken cancel)
    {
        (_scenario, _loop, _system, _cancel) = (scenario, loop, system, cancel);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    }

    /// <summary>Runs it: what comes before, warm-up, load, the end of what is under way, what comes after.</summary>
    public async Task<ScenarioResult> RunAsync()
    {
        await _scenario.Init();
        try
        {
            await WarmUpAsync();
            _statistics.Reset();
            _planned = 0;
            var started = DateTimeOffset.UtcNow;
            using var course = new Course(_loop, _statistics, _system, _scenario.Duration, _scenario.StopWhen, _stop.Cancel);
            await RunAsync(_scenario.Simulations, course);
            await DrainAsync();
            await course.EndAsync();
            return Result(started, course);
        }
        finally
        {
            await _scenario.Clean();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private ScenarioResult Result(DateTimeOffset started, Course course)
    {
        var result = new ScenarioResult(
            _scenario.Name, _system.Description, started, course.Seconds, _statistics.All.Result("all", course.Seconds), _statistics.Results(course.Seconds),
            _statistics.All.Distribution(Percents), course.Samples, _statistics.Lateness.Percentile(99), _statistics.Lateness.Max, _statistics.Overload,
            course.Usage, _system.Client.Pool.Count, _cancel.IsCancellationRequested)
        {
            Planned = _planned,
            Begun = _statistics.Begun,
            Unfinished = _statistics.Unfinished,
            EndedEarly = _stop.IsCancellationRequested,
        };
        return result with { Verdicts = [.. _scenario.Thresholds.Select(threshold => threshold.Check(result))] };
    }

    private async Task WarmUpAsync()
    {
        if (_scenario.WarmUp > TimeSpan.Zero && _scenario.Simulations.FirstOrDefault(part => part.Kind != SimulationKind.Pause) is { } first)
        {
            var reduced = first with
            {
                During = _scenario.WarmUp,
                Rate = first.Rate * WarmUpShare,
                Copies = (int)Math.Ceiling(first.Copies * WarmUpShare),
            };
            await RunAsync([reduced], null);
            await DrainAsync();
        }
    }

    private async Task RunAsync(IReadOnlyList<LoadSimulation> simulations, Course? course)
    {
        var rate = 0.0;
        foreach (var part in simulations.TakeWhile(_ => !_stop.IsCancellationRequested))
        {
            var ends = LoadClock.Now + LoadClock.Nanoseconds(part.During);
            course?.Begin(part, rate);
            switch (part.Kind)
            {
                case SimulationKind.KeepConstant:
                    await Task.WhenAll(Enumerable.Range(0, part.Copies).Select(_ => RepeatAsync(ends)));
                    rate = 0;
                    break;
                case SimulationKind.Pause:
                    rate = 0;
                    break;
                default:
                    var schedule = ArrivalSchedule.Of(part, rate);
                    _planned += (long)Math.Ceiling(schedule.Total);
                    await new Injector(_loop, schedule, Begin, _stop.Token).RunAsync();
                    rate = part.Rate;
                    break;
            }
            await WaitUntilAsync(ends);
        }
    }

    // In short waits, so that a stop need not wait for a pause to end.
    private async Task WaitUntilAsync(long due)
    {
        while (LoadClock.Now < due && !_stop.IsCancellationRequested)
        {
            await _loop.UntilAsync(Math.Min(due, LoadClock.Now + (LoadClock.Second / 10)));
        }
    }

    private void Begin(long due)
    {
        _statistics.Lateness.Record(LoadClock.Now - due);
        if (_statistics.InFlight >= MostInFlight)
        {
            _statistics.CountOverload();
            return;
        }
        _ = IterateAsync(due);
    }

    private async Task RepeatAsync(long ends)
    {
        while (LoadClock.Now < ends && !_stop.IsCancellationRequested)
        {
            if (await IterateAsync(0) > 0)
            {
                // A server that is away fails at once: the loop must come to other things.
                await _loop.DelayAsync(RestAfterFailure);
            }
        }
    }

    private async Task<int> IterateAsync(long due)
    {
        var context = new ScenarioContext(_loop, _statistics, due);
        _statistics.CountBegin();
        try
        {
            await _scenario.Run(context);
        }
        catch (Exception fault)
        {
            // A scenario's own mistake ends the run, after the others have ended.
            _fault ??= fault;
            await _stop.CancelAsync();
        }
        _statistics.InFlight--;
        return _fault is null ? context.Failures : 1;
    }

    private async Task DrainAsync()
    {
        var ends = LoadClock.Now + LoadClock.Nanoseconds(DrainLimit);
        while (_statistics.InFlight > 0 && LoadClock.Now < ends)
        {
            await _loop.DelayAsync(TimeSpan.FromMilliseconds(2));
        }
        _statistics.CountUnfinished();
        if (_fault is not null)
        {
            throw new InvalidOperationException($"the scenario failed: {_fault.Message}", _fault);
        }
    }
}
