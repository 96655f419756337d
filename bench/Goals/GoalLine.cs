namespace PyAirtable.Bench.Goals;

/// <summary>A goal and what was reached.</summary>
/// <param name="Goal">What is measured, and under what load.</param>
/// <param name="Ours">What was measured.</param>
/// <param name="Yardstick">What it is compared with.</param>
/// <param name="Ratio">Ours by the yardstick; null where the yardstick is 0 or nothing was measured.</param>
/// <param name="IsMet">Whether it is reached.</param>
public sealed record GoalLine(string Goal, Quantity Ours, Yardstick Yardstick, double? Ratio, bool IsMet)
{
    /// <summary>"pass" or "fall short".</summary>
    public string Verdict => IsMet ? "pass" : "fall short";

    /// <summary>The ratio in three digits, "-" where there is none.</summary>
    public string RatioText => Quantity.Format(Ratio ?? double.NaN);

    /// <summary>The line on the terminal.</summary>
    public override string ToString() => $"{Goal}, {Ours}, {Yardstick}, {RatioText}, {Verdict}";
}
