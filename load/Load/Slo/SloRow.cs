using System.Globalization;
using PyAirtable.Load.Statistics;
using PyAirtable.Load.Thresholds;

namespace PyAirtable.Load.Slo;

/// <summary>A target and its verdict.</summary>
/// <param name="Target">The target.</param>
/// <param name="Verdict">Whether it is reached.</param>
/// <param name="Result">The run that says so; null if there was none.</param>
internal sealed record SloRow(SloTarget Target, Verdict Verdict, ScenarioResult? Result)
{
    /// <summary>The limit with its unit.</summary>
    public string Limit => $"{(Target.Threshold.IsLeast ? "≥" : "≤")} {With(Target.Threshold.Limit)}";

    /// <summary>The measured figure with its unit; a dash where it could not be measured.</summary>
    public string Measured => double.IsNaN(Verdict.Measured) ? "-" : With(Verdict.Measured);

    private string With(double figure) => string.Create(CultureInfo.InvariantCulture, $"{figure:#,0.##} {Target.Threshold.Figure.Unit}").TrimEnd();
}
