using System.Globalization;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Thresholds;

/// <summary>What a figure must be.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Limit">Its limit.</param>
/// <param name="IsLeast">Whether the limit is the least that it may be, or the most.</param>
internal sealed record Threshold(Figure Figure, double Limit, bool IsLeast)
{
    /// <summary>A figure that must not be lower.</summary>
    public static Threshold AtLeast(Figure figure, double limit) => new(figure, limit, true);

    /// <summary>A figure that must not be higher.</summary>
    public static Threshold AtMost(Figure figure, double limit) => new(figure, limit, false);

    /// <summary>Whether a result keeps to it. A figure that could not be measured does not.</summary>
    public Verdict Check(ScenarioResult result) => Check(Figure.Of(result));

    /// <summary>The same for a figure.</summary>
    public Verdict Check(double measured) => new(this, measured, IsLeast ? measured >= Limit : measured <= Limit);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Figure.Name} {(IsLeast ? "≥" : "≤")} {Limit:0.###} {Figure.Unit}").TrimEnd();
}
