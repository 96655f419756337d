using System.Globalization;
using PyAirtable.Bench.Goals;

namespace PyAirtable.Bench.PerformancePage;

/// <summary>A goal in a file of results.</summary>
/// <param name="Goal">What is measured.</param>
/// <param name="Ours">What was reached, with its unit.</param>
/// <param name="Yardstick">What it is compared with.</param>
/// <param name="Ratio">Ours by the yardstick; null where there is none.</param>
/// <param name="Verdict">"pass" or "fall short".</param>
internal sealed record GoalResult(string Goal, string Ours, string Yardstick, double? Ratio, string Verdict)
{
    /// <summary>Whether it is reached.</summary>
    public bool IsMet => Verdict == "pass";

    /// <summary>The number that was reached, without its unit; NaN where nothing was measured.</summary>
    public double Number =>
        double.TryParse(string.Concat(Ours.TakeWhile(static letter => char.IsAsciiDigit(letter) || letter is '.' or ',' or '-')), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    /// <summary>Cells of a table: goal, ours, yardstick, ratio, verdict, command.</summary>
    public string[] Cells(string command) => [Goal, Ours, Yardstick, Quantity.Format(Ratio ?? double.NaN), IsMet ? Verdict : $"**{Verdict}**", $"`{command}`"];
}
