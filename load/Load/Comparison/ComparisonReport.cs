using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace PyAirtable.Load.Comparison;

/// <summary>A comparison in Markdown.</summary>
internal static class ComparisonReport
{
    private static readonly (string Name, string Format, Func<SideFigures, double> Of, double Original)[] Footprint =
    [
        ("start to the first 200, ms", "0", static side => side.StartMilliseconds, Originals.StartMilliseconds),
        ("resident memory idle, MB", "0.0", static side => side.IdleMegabytes, Originals.IdleMegabytes),
        ("resident memory, peak, MB", "0.0", static side => side.PeakMegabytes, Originals.PeakMegabytes),
    ];

    /// <summary>Writes it.</summary>
    /// <param name="sides">What was measured.</param>
    /// <param name="options">How.</param>
    /// <param name="loadBefore">Load average of the machine before, over a minute.</param>
    public static string Write(SideBySide sides, ComparisonOptions options, string loadBefore)
    {
        var routes = RouteTable.Of(sides, options.During);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Ours and the Python baseline

            {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC; {Environment.ProcessorCount} processors, {RuntimeInformation.OSArchitecture}, {RuntimeInformation.OSDescription}; load average before: {loadBefore}.
            {routes.Title}. {sides.Failed(ComparedSide.Ours):N0} requests of ours failed, {sides.Failed(ComparedSide.Python):N0} of the baseline's.

            """);
        text.Append(routes.ToMarkdown());
        text.Append("\n| | Ours | Python | Ratio | Originals | Ours to originals |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var (name, format, of, original) in Footprint)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {RouteTable.Figure(sides.Ours(of), format)} | {RouteTable.Figure(sides.Python(of), format)} | {RouteTable.Figure(sides.Ratio(of), "0.###")} | {original} | {RouteTable.Figure(sides.Ours(of) / original, "0.###")} |\n");
        }
        text.Append("\nProcessor milliseconds of a request beside those of the original services, which (as their start and memory) were measured once on another such machine:\n\n");
        text.Append("| Route | Ours | Python | Original | Python to original | Ours to original |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var route in ComparedRoutes.All)
        {
            var (ours, python) = (sides.Ours(side => side.Routes[route.Name].CpuSeconds), sides.Python(side => side.Routes[route.Name].CpuSeconds));
            text.Append(CultureInfo.InvariantCulture, $"| {route.Name} | {ours:0.000} | {python:0.000} | {route.Original:0.000} | {RouteTable.Figure(python / route.Original, "0.##")} | {RouteTable.Figure(ours / route.Original, "0.###")} |\n");
        }
        text.Append("\n| Claim | Plan | Measured | By processor time | Verdict |\n| --- | --- | --- | --- | --- |\n");
        foreach (var claim in Claims.Of(sides))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {claim.Name} | {claim.Plan} | {claim.Measured} | {claim.Processor} | {claim.Verdict} |\n");
        }
        return text.ToString();
    }
}
