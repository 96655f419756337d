using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace PyAirtable.Load.Comparison;

/// <summary>A comparison in Markdown.</summary>
internal static class ComparisonReport
{
    private static readonly (string Head, string Format, Func<RouteFigures, double> Of)[] Columns =
    [
        ("/s", "0.0", static route => route.PerSecond),
        ("CPU s/1,000", "0.000", static route => route.CpuSeconds),
        ("p50 ms", "0.00", static route => route.P50),
        ("p95 ms", "0.00", static route => route.P95),
        ("p99 ms", "0.00", static route => route.P99),
    ];

    // The original services are three processes: the slowest start, and the memory of all.
    private static readonly (string Name, string Format, Func<SideFigures, double> Of, double Original)[] Footprint =
    [
        ("start to the first 200, ms", "0", static side => side.StartMilliseconds, 765),
        ("resident memory idle, MB", "0.0", static side => side.IdleMegabytes, 234),
        ("resident memory, peak, MB", "0.0", static side => side.PeakMegabytes, 286),
    ];

    /// <summary>Writes it.</summary>
    /// <param name="sides">What was measured.</param>
    /// <param name="options">How.</param>
    /// <param name="loadBefore">Load average of the machine before, over a minute.</param>
    public static string Write(SideBySide sides, ComparisonOptions options, string loadBefore)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Ours and the Python baseline

            {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC; {Environment.ProcessorCount} processors, {RuntimeInformation.OSArchitecture}, {RuntimeInformation.OSDescription}; load average before: {loadBefore}.
            {sides.Rounds.Count} rounds, {options.During.TotalSeconds:0} s a route, by turns on one PostgreSQL server. Medians; ratios (ours to Python's) are made within each round. {sides.Failed} requests failed.

            | Route | Side |
            """);
        text.AppendJoin("", Columns.Select(column => $" {column.Head} |")).Append("\n| --- | --- |").Insert(text.Length, " --- |", Columns.Length).Append('\n');
        foreach (var route in sides.Routes)
        {
            Row(text, route, ComparedSide.Ours.Name, column => Figure(sides.Ours(side => column.Of(side.Routes[route])), column.Format));
            Row(text, route, ComparedSide.Python.Name, column => Figure(sides.Python(side => column.Of(side.Routes[route])), column.Format));
            Row(text, route, "ratio", column => Figure(sides.Ratio(side => column.Of(side.Routes[route])), "0.###"));
        }
        text.Append("\n| | Ours | Python | Ratio | Originals | Ours to originals |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var (name, format, of, original) in Footprint)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {Figure(sides.Ours(of), format)} | {Figure(sides.Python(of), format)} | {Figure(sides.Ratio(of), "0.###")} | {original} | {Figure(sides.Ours(of) / original, "0.###")} |\n");
        }
        text.Append("\nProcessor milliseconds of a request beside those of the original services, which (as their start and memory) were measured once on another such machine:\n\n");
        text.Append("| Route | Ours | Python | Original | Python to original | Ours to original |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var route in ComparedRoutes.All)
        {
            var (ours, python) = (sides.Ours(side => side.Routes[route.Name].CpuSeconds), sides.Python(side => side.Routes[route.Name].CpuSeconds));
            text.Append(CultureInfo.InvariantCulture, $"| {route.Name} | {ours:0.000} | {python:0.000} | {route.Original:0.000} | {Figure(python / route.Original, "0.##")} | {Figure(ours / route.Original, "0.###")} |\n");
        }
        text.Append("\n| Claim | Plan | Measured | By processor time | Verdict |\n| --- | --- | --- | --- | --- |\n");
        foreach (var claim in Claims.Of(sides))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {claim.Name} | {claim.Plan} | {claim.Measured} | {claim.Processor} | {claim.Verdict} |\n");
        }
        return text.ToString();
    }

    private static void Row(StringBuilder text, string route, string side, Func<(string Head, string Format, Func<RouteFigures, double> Of), string> cell) =>
        text.Append(CultureInfo.InvariantCulture, $"| {route} | {side} |").AppendJoin("", Columns.Select(column => $" {cell(column)} |")).Append('\n');

    private static string Figure(double figure, string format) => double.IsFinite(figure) ? figure.ToString(format, CultureInfo.InvariantCulture) : "";
}
