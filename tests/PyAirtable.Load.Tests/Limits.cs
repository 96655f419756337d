using PyAirtable.Load.Slo;
using PyAirtable.Load.Thresholds;

namespace PyAirtable.Load.Tests;

/// <summary>Limits as in <c>slo.json</c>.</summary>
internal static class Limits
{
    public static readonly SloLimits Usual = new(Threshold.AtLeast(Figure.PerSecond, 15_000), Threshold.AtLeast(Figure.Success, 99.9), Threshold.AtMost(Figure.P95, 25));
}
