using System.Globalization;

namespace PyAirtable.Load.Comparison;

/// <summary>The plan's claims over the Python services, judged.</summary>
internal static class Claims
{
    /// <summary>All of them. Memory counts where it saves less, idle or at its peak; cost is taken as processor time.</summary>
    public static IReadOnlyList<Claim> Of(SideBySide sides) =>
    [
        Factor("gateway", 40, ComparedRoutes.Proxy, sides),
        Factor("JWT verification", 100, ComparedRoutes.Verify, sides),
        Factor("database queries", 15, ComparedRoutes.Metrics, sides),
        Factor("events", 25, ComparedRoutes.Event, sides),
        Factor("uploads", 20, ComparedRoutes.Upload, sides),
        Memory(75, Math.Max(sides.Ratio(side => side.IdleMegabytes), sides.Ratio(side => side.PeakMegabytes))),
        Cost(50, sides),
    ];

    private static Claim Factor(string name, double wanted, string route, SideBySide sides)
    {
        var throughput = sides.Ratio(side => side.Routes[route].PerSecond);
        var processor = 1 / sides.Ratio(side => side.Routes[route].CpuSeconds);
        var verdict = throughput >= wanted ? "pass" : processor >= wanted ? "pass by processor time only" : "fall short";
        return new(name, Times(wanted), Times(throughput), Times(processor), verdict);
    }

    private static Claim Memory(double wanted, double ratio) => new("memory", Less(1 - (wanted / 100)), Less(ratio), "", Verdict(ratio, wanted));

    // The geometric mean weighs routes alike, whatever they cost.
    private static Claim Cost(double wanted, SideBySide sides)
    {
        var ratio = Math.Exp(sides.Routes.Average(route => Math.Log(sides.Ratio(side => side.Routes[route].CpuSeconds))));
        return new("cost", Less(1 - (wanted / 100)), "", Less(ratio), Verdict(ratio, wanted));
    }

    private static string Verdict(double ratio, double wanted) => 1 - ratio >= wanted / 100 ? "pass" : "fall short";

    private static string Times(double factor) => factor.ToString("0.#", CultureInfo.InvariantCulture) + "×";

    private static string Less(double ratio) => ratio <= 1
        ? ((1 - ratio) * 100).ToString("0", CultureInfo.InvariantCulture) + "% less"
        : ((ratio - 1) * 100).ToString("0", CultureInfo.InvariantCulture) + "% more";
}
