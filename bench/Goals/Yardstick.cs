namespace PyAirtable.Bench.Goals;

/// <summary>What a figure is compared with.</summary>
/// <param name="Value">How much.</param>
/// <param name="Whose">Whose figure it is: "goal", or the name of a program.</param>
/// <param name="Times">How many times that is asked for, or allowed.</param>
public sealed record Yardstick(Quantity Value, string Whose, double Times)
{
    /// <summary>"25,000/s (goal)", "105 ms (the C library, × 1.1)".</summary>
    public override string ToString() => Times == 1 ? $"{Value} ({Whose})" : $"{Value} ({Whose}, × {Quantity.Format(Times)})";
}
