using PyAirtable.Gateway.Cutover.Guarding;

namespace PyAirtable.Gateway.Cutover;

/// <summary>What of a route group outlives the settings: its weight, who set it, and how its requests went.</summary>
internal sealed class RouteGroup
{
    private readonly TimeProvider _clock;
    private readonly CutoverCounters _counters;
    private readonly Action<WeightChange> _tell;
    private readonly Lock _changing = new();
    private volatile Measured _measured;
    private volatile int _weight;

    /// <summary>Begins with the weight of the settings.</summary>
    /// <param name="settings">The group's settings.</param>
    /// <param name="guard">The limits.</param>
    /// <param name="counters">What is counted.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="tell">Told of changes.</param>
    public RouteGroup(GroupSettings settings, GuardSettings guard, CutoverCounters counters, TimeProvider clock, Action<WeightChange> tell)
    {
        (Name, Settings, _counters, _clock, _tell) = (settings.Name, settings, counters, clock, tell);
        (_weight, _measured) = (settings.Weight, new Measured(guard, clock));
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The settings in force.</summary>
    public GroupSettings Settings { get; private set; }

    /// <summary>Percentage of clients that the native side answers.</summary>
    public int Weight => _weight;

    /// <summary>Who set it.</summary>
    public WeightSource SetBy { get; private set; }

    /// <summary>How the requests to a side went of late.</summary>
    public SideCounts CountsOf(Side side) => _measured[side].Read();

    /// <summary>The side of a client's bucket.</summary>
    public Side SideOf(int bucket) => bucket < _weight ? Side.Native : Side.Python;

    /// <summary>A request goes to a side.</summary>
    public SideRequest Begin(Side side) => new(_measured[side], _counters, Name, side);

    /// <summary>Takes over other settings. The weight changes only where it has changed in them: then the settings are the last word.</summary>
    public void Use(GroupSettings settings, GuardSettings guard)
    {
        var before = Settings;
        Settings = settings;
        if (guard != _measured.Limits || settings != before)
        {
            _measured = new Measured(guard, _clock);
        }
        if (settings.Weight != before.Weight)
        {
            Set(settings.Weight, WeightSource.Settings, reason: null);
        }
    }

    /// <summary>Changes the weight. What the sides did before counts no more.</summary>
    public void Set(int weight, WeightSource by, string? reason)
    {
        lock (_changing)
        {
            Change(weight, by, reason);
        }
    }

    /// <summary>As <see cref="Set"/>, if the weight is still <paramref name="from"/>; whether it was.</summary>
    public bool TrySet(int from, int weight, WeightSource by, string? reason)
    {
        lock (_changing)
        {
            if (_weight != from)
            {
                return false;
            }
            Change(weight, by, reason);
            return true;
        }
    }

    /// <summary>Gives the native side up if it is beyond its limits.</summary>
    public void Check()
    {
        if (_weight == 0 || _measured[Side.Native].Read().FaultBy(_measured.Limits) is null)
        {
            return;
        }
        lock (_changing)
        {
            // Somebody may have set another weight meanwhile, and begun to count anew.
            if (_weight > 0 && _measured[Side.Native].Read().FaultBy(_measured.Limits) is { } fault)
            {
                _counters.PulledBack(Name);
                Change(0, WeightSource.Guard, fault);
            }
        }
    }

    private void Change(int weight, WeightSource by, string? reason)
    {
        var before = _weight;
        _measured = new Measured(_measured.Limits, _clock);
        (_weight, SetBy) = (weight, by);
        _tell(new WeightChange(_clock.GetUtcNow(), Name, before, weight, by, reason));
    }

    private sealed class Measured(GuardSettings limits, TimeProvider clock)
    {
        private readonly SideWindow _python = new(limits, clock);
        private readonly SideWindow _native = new(limits, clock);

        public GuardSettings Limits => limits;

        public SideWindow this[Side side] => side == Side.Native ? _native : _python;
    }
}
