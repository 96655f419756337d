namespace PyAirtable.Load.Scenarios;

/// <summary>Actions of which each iteration does one, by weight.</summary>
internal sealed class Mix
{
    private readonly List<(double UpTo, Func<ScenarioContext, ValueTask> Action)> _actions = [];
    private readonly Random _random;
    private readonly double _sum;

    /// <summary>A mix.</summary>
    /// <param name="random">What chooses.</param>
    /// <param name="actions">Actions and their weights, in any unit.</param>
    public Mix(Random random, params (double Weight, Func<ScenarioContext, ValueTask> Action)[] actions)
    {
        _random = random;
        foreach (var (weight, action) in actions)
        {
            _actions.Add((_sum += weight, action));
        }
    }

    /// <summary>Does one.</summary>
    public ValueTask RunAsync(ScenarioContext context)
    {
        var point = _random.NextDouble() * _sum;
        foreach (var (upTo, action) in _actions)
        {
            if (point < upTo)
            {
                return action(context);
            }
        }
        return _actions[^1].Action(context);
    }
}
