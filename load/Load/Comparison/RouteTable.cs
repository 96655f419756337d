using System.Globalization;
using PyAirtable.Bench.Goals;

namespace PyAirtable.Load.Comparison;

/// <summary>Both sides of every route, and ours as a multiple of Python's.</summary>
internal static class RouteTable
{
    private static readonly (string Head, string Format, Func<RouteFigures, double> Of)[] Columns =
    [
        ("/s", "0.0", static route => route.PerSecond),
        ("CPU s/1,000", "0.000", static route => route.CpuSeconds),
        ("p50 ms", "0.00", static route => route.P50),
        ("p95 ms", "0.00", static route => route.P95),
        ("p99 ms", "0.00", static route => route.P99),
    ];

    /// <summary>The table of what was measured.</summary>
    /// <param name="sides">What was measured.</param>
    /// <param name="during">How long each route was, on each side of each round.</param>
    public static Table Of(SideBySide sides, TimeSpan during) => new(
        string.Create(CultureInfo.InvariantCulture, $"{sides.Rounds.Count} rounds, {during.TotalSeconds:0} s a route, by turns on one PostgreSQL server; medians, ratios (ours to Python's) made within each round"),
        ["route", "side", .. Columns.Select(static column => column.Head)],
        [.. sides.Routes.SelectMany(route => Rows(sides, route))]);

    /// <summary>A figure; nothing for one that is none, such as a ratio to nothing.</summary>
    public static string Figure(double figure, string format) => double.IsFinite(figure) ? figure.ToString(format, CultureInfo.InvariantCulture) : "";

    private static IEnumerable<string[]> Rows(SideBySide sides, string route) =>
    [
        [route, ComparedSide.Ours.Name, .. Columns.Select(column => Figure(sides.Ours(side => column.Of(side.Routes[route])), column.Format))],
        [route, ComparedSide.Python.Name, .. Columns.Select(column => Figure(sides.Python(side => column.Of(side.Routes[route])), column.Format))],
        [route, "ratio", .. Columns.Select(column => Figure(sides.Ratio(side => column.Of(side.Routes[route])), "0.###"))],
    ];
}
