using System.Globalization;
using PyAirtable.Bench.Goals;

namespace PyAirtable.Load.Comparison;

/// <summary>The plan's claims over the Python services, judged.</summary>
internal static class Claims
{
    private const double LessMemory = 75;
    private const double LessCost = 50;
    private const double StartMilliseconds = 50;

    private static readonly (string Name, double Wanted, string Route)[] Factors =
    [
        ("gateway", 40, ComparedRoutes.Proxy),
        ("JWT verification", 100, ComparedRoutes.Verify),
        ("database queries", 15, ComparedRoutes.Metrics),
        ("events", 25, ComparedRoutes.Event),
        ("uploads", 20, ComparedRoutes.Upload),
    ];

    /// <summary>All of them. Memory counts where it saves less, idle or at its peak; cost is taken as processor time.</summary>
    public static IReadOnlyList<Claim> Of(SideBySide sides) =>
    [
        .. Factors.Select(factor => Factor(factor.Name, factor.Wanted, factor.Route, sides)),
        Memory(Math.Max(sides.Ratio(side => side.IdleMegabytes), sides.Ratio(side => side.PeakMegabytes))),
        Cost(sides),
    ];

    /// <summary>Tells them as goals: what clients see, which generator, upstream and database bound too, and what a processor of the service does.</summary>
    /// <param name="report">Where.</param>
    /// <param name="sides">What was measured.</param>
    /// <param name="during">How long each route was.</param>
    public static void Tell(BenchReport report, SideBySide sides, TimeSpan during)
    {
        const string Whose = "Python baseline", Original = "the original three services, once";
        foreach (var (name, wanted, route) in Factors)
        {
            double PerSecond(SideFigures side) => side.Routes[route].PerSecond;
            double PerCpuSecond(SideFigures side) => 1000 / side.Routes[route].CpuSeconds;
            report.AtLeast($"{name}: requests", sides.Ours(PerSecond), "/s", sides.Python(PerSecond), Whose, wanted, sides.Ratio(PerSecond));
            report.AtLeast($"{name}: requests per CPU-second of the service", sides.Ours(PerCpuSecond), "/s", sides.Python(PerCpuSecond), Whose, wanted, sides.Ratio(PerCpuSecond));
        }
        foreach (var (name, of, original) in new (string, Func<SideFigures, double>, double)[] { ("idle", side => side.IdleMegabytes, Originals.IdleMegabytes), ("at its peak", side => side.PeakMegabytes, Originals.PeakMegabytes) })
        {
            report.AtMost($"resident memory {name}", sides.Ours(of), "MB", sides.Python(of), Whose, 1 - (LessMemory / 100), sides.Ratio(of));
            report.AtMost($"resident memory {name} beside the originals'", sides.Ours(of), "MB", original, Original, 1 - (LessMemory / 100));
        }
        report.AtMost("CPU of a request beside the Python baseline's, geometric mean of the routes", CpuRatio(sides) * 100, "%", 100 - LessCost);
        report.AtMost("start of all three services to the first 200 that reads PostgreSQL", sides.Ours(side => side.StartMilliseconds), "ms", StartMilliseconds);
        report.None("requests that failed", sides.Failed(ComparedSide.Ours));
        report.Add("start of the Python baseline", sides.Python(side => side.StartMilliseconds), "ms");
        report.Add("requests of the Python baseline that failed", sides.Failed(ComparedSide.Python), "");
        report.Add(RouteTable.Of(sides, during));
    }

    private static Claim Factor(string name, double wanted, string route, SideBySide sides)
    {
        var throughput = sides.Ratio(side => side.Routes[route].PerSecond);
        var processor = 1 / sides.Ratio(side => side.Routes[route].CpuSeconds);
        var verdict = throughput >= wanted ? "pass" : processor >= wanted ? "pass by processor time only" : "fall short";
        return new(name, Times(wanted), Times(throughput), Times(processor), verdict);
    }

    private static Claim Memory(double ratio) => new("memory", Less(1 - (LessMemory / 100)), Less(ratio), "", Verdict(ratio, LessMemory));

    private static Claim Cost(SideBySide sides)
    {
        var ratio = CpuRatio(sides);
        return new("cost", Less(1 - (LessCost / 100)), "", Less(ratio), Verdict(ratio, LessCost));
    }

    // The geometric mean weighs routes alike, whatever they cost.
    private static double CpuRatio(SideBySide sides) => Math.Exp(sides.Routes.Average(route => Math.Log(sides.Ratio(side => side.Routes[route].CpuSeconds))));

    private static string Verdict(double ratio, double wanted) => 1 - ratio >= wanted / 100 ? "pass" : "fall short";

    private static string Times(double factor) => factor.ToString("0.#", CultureInfo.InvariantCulture) + "×";

    private static string Less(double ratio) => ratio <= 1
        ? ((1 - ratio) * 100).ToString("0", CultureInfo.InvariantCulture) + "% less"
        : ((ratio - 1) * 100).ToString("0", CultureInfo.InvariantCulture) + "% more";
}
