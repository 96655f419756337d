using PyAirtable.Load.Thresholds;

namespace PyAirtable.Load.Slo;

/// <summary>What all scenarios are judged by: the targets of <c>slo.json</c> for the working day, and the rate for the gateway.</summary>
/// <param name="Rate">Good requests a second at the gateway.</param>
/// <param name="Success">Share of steps that must go well.</param>
/// <param name="EndToEnd">Time that all but one in twenty steps may take.</param>
internal sealed record SloLimits(Threshold Rate, Threshold Success, Threshold EndToEnd)
{
    /// <summary>Takes them from the targets.</summary>
    /// <exception cref="FormatException">One is not there.</exception>
    public static SloLimits Of(IReadOnlyList<SloTarget> targets) =>
        new(Find(targets, "gateway", Figure.PerSecond), Find(targets, "day", Figure.Success), Find(targets, "day", Figure.P95));

    private static Threshold Find(IReadOnlyList<SloTarget> targets, string scenario, Figure figure) =>
        targets.FirstOrDefault(target => target.Scenario == scenario && target.Threshold.Figure == figure)?.Threshold
        ?? throw new FormatException($"the file of targets has no {figure.Name} for scenario \"{scenario}\", by which all scenarios are judged");
}
