using PyAirtable.Load.Loop;
using PyAirtable.Load.Reports;
using PyAirtable.Load.Simulations;
using PyAirtable.Load.Systems;

namespace PyAirtable.Load.Statistics;

/// <summary>Follows a run: a sample at each interval, progress in the terminal, and what the processes took.</summary>
internal sealed class Course : IDisposable
{
    // A run of hours is kept in as many samples as one of minutes.
    private const int MostSamples = 600;

    private readonly LoadLoop _loop;
    private readonly ScenarioStatistics _statistics;
    private readonly SystemUnderTest _system;
    private readonly ProgressLine _progress;
    private readonly Func<IReadOnlyList<Sample>, bool> _isEnough;
    private readonly Action _stop;
    private readonly List<Sample> _samples = [];
    private readonly long _interval;
    private readonly long _began = LoadClock.Now;
    private readonly ProcessorTimes _before;
    private readonly IReadOnlyList<ServiceUsage> _servicesBefore;
    private ProcessorTimes _last;
    private long _lastAt;
    private LoadSimulation? _part;
    private double _rateBefore;
    private long _partBegan;
    private double _peak;
    private Task _sampling = Task.CompletedTask;
    private bool _ended;

    /// <summary>Begins to follow.</summary>
    /// <param name="loop">Where the run is.</param>
    /// <param name="statistics">Its counts.</param>
    /// <param name="system">What it runs against.</param>
    /// <param name="duration">How long it takes.</param>
    /// <param name="isEnough">Whether the samples so far are enough.</param>
    /// <param name="stop">Ends the run then, and when a server has ended by itself.</param>
    public Course(LoadLoop loop, ScenarioStatistics statistics, SystemUnderTest system, TimeSpan duration, Func<IReadOnlyList<Sample>, bool> isEnough, Action stop)
    {
        (_loop, _statistics, _system, _isEnough, _stop) = (loop, statistics, system, isEnough, stop);
        _progress = new ProgressLine(duration);
        _interval = Math.Max(LoadClock.Second, LoadClock.Nanoseconds(duration) / MostSamples);
        _last = _before = system.ProcessorTimes();
        _servicesBefore = system.Services();
        _lastAt = _began;
        loop.At(_began + _interval, Tick);
    }

    /// <summary>Seconds from the beginning to the end.</summary>
    public double Seconds { get; private set; }

    /// <summary>The samples.</summary>
    public IReadOnlyList<Sample> Samples => _samples;

    /// <summary>What the processes took until the end.</summary>
    public ResourceUsage Usage { get; private set; } = new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>A part of the load begins.</summary>
    public void Begin(LoadSimulation part, double rateBefore) => (_part, _rateBefore, _partBegan) = (part, rateBefore, LoadClock.Now);

    /// <summary>All has ended.</summary>
    /// <exception cref="InvalidOperationException">A server has ended by itself.</exception>
    public async Task EndAsync()
    {
        _ended = true;
        Seconds = Elapsed(_began);
        var spent = _system.ProcessorTimes() - _before;
        var services = _system.Services().Zip(_servicesBefore, static (now, before) => now.Since(before)).ToList();
        await _sampling;
        if (LoadClock.Now - _lastAt > _interval / 2)
        {
            await SampleAsync();
        }
        _peak = Math.Max(_peak, _system.PeakMegabytes());
        Usage = new ResourceUsage(spent.Generator, spent.Servers, spent.Upstream, Environment.WorkingSet / (1024.0 * 1024), _peak) { Services = services };
    }

    /// <inheritdoc/>
    public void Dispose() => _ended = true;

    private void Tick()
    {
        if (!_ended)
        {
            _sampling = SampleAsync();
        }
    }

    private async Task SampleAsync()
    {
        var (times, memory) = await LookAsync();
        var now = LoadClock.Now;
        var seconds = (now - _lastAt) / (double)LoadClock.Second;
        var spent = times - _last;
        var step = _statistics.Interval.Result("interval", seconds);
        _peak = double.IsNaN(memory) ? memory : Math.Max(_peak, memory);
        var sample = new Sample(
            Elapsed(_began), PlannedRate(), step.PerSecond, step.Failed / seconds, step.P50, step.P95, step.P99, _statistics.InFlight,
            spent.Generator / seconds, spent.Servers / seconds, spent.Upstream / seconds, memory);
        _samples.Add(sample);
        _progress.Show(sample);
        if (_isEnough(_samples))
        {
            _stop();
        }
        _statistics.Interval.Reset();
        (_last, _lastAt) = (times, now);
        if (!_ended)
        {
            _loop.At(Math.Max(now + (_interval / 2), _began + ((_samples.Count + 1) * _interval)), Tick);
        }
    }

    // Many small files are read for it, for which requests should not wait.
    private async Task<(ProcessorTimes Times, double Megabytes)> LookAsync()
    {
        try
        {
            return await Task.Run(() => (_system.ProcessorTimes(), _system.Megabytes()));
        }
        catch (Exception failure) when (failure is InvalidOperationException or IOException)
        {
            _stop();
            throw;
        }
    }

    private double PlannedRate() => _part switch
    {
        { Kind: SimulationKind.KeepConstant } => double.NaN,
        { Kind: SimulationKind.RampingInject } part => _rateBefore + ((part.Rate - _rateBefore) * Math.Clamp(Elapsed(_partBegan) / part.During.TotalSeconds, 0, 1)),
        { } part => part.Rate,
        null => 0,
    };

    private static double Elapsed(long since) => (LoadClock.Now - since) / (double)LoadClock.Second;
}
