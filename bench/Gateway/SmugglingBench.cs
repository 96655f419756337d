using PyAirtable.Bench.Goals;
using PyAirtable.Gateway.Tests;
using PyAirtable.Gateway.Tests.RequestSafety;

namespace PyAirtable.Bench.Gateway;

/// <summary>Sends the table of ambiguous requests to the gateway and to HAProxy: what each makes of them.</summary>
internal static class SmugglingBench
{
    private const int LeastVectors = 40;
    private const int LongestVerdict = 40;

    /// <summary>1 if HAProxy refuses what the gateway does not.</summary>
    public static async Task<int> RunAsync()
    {
        var report = new BenchReport("smuggling");
        await using var probe = new SmugglingProbe();
        await using var gateway = await GatewayHost.StartAsync(probe.Upstream.Url, []);
        await using var haproxy = new HAProxyServer(new Uri(probe.Upstream.Url).Authority);
        await haproxy.WaitAsync();
        var port = new Uri(gateway.Urls["gateway"]).Port;

        var verdicts = new List<(string Vector, string Ours, string Theirs)>();
        foreach (var vector in SmugglingVectors.All)
        {
            verdicts.Add((vector.Name, await probe.SendAsync(port, vector), await probe.SendAsync(haproxy.Port, vector)));
        }

        report.Add(new Table("What each makes of a request", ["vector", "gateway", "HAProxy"], [.. verdicts.Select(static row => (string[])[row.Vector, Short(row.Ours), Short(row.Theirs)])]));
        report.AtLeast("ambiguous and malformed requests sent", verdicts.Count, "", LeastVectors);
        report.None("of them refused by HAProxy and not by the gateway", verdicts.Count(static row => IsRefusal(row.Theirs) && !IsRefusal(row.Ours)));
        report.Add("of them refused by the gateway only", verdicts.Count(static row => IsRefusal(row.Ours) && !IsRefusal(row.Theirs)), "");
        return report.Finish();
    }

    // A body that turns out to be none after its head went on is broken off: the upstream gets no request either.
    private static bool IsRefusal(string verdict) =>
        verdict.StartsWith("refused", StringComparison.Ordinal) || verdict.StartsWith("answered", StringComparison.Ordinal) || verdict.EndsWith("(broken off)", StringComparison.Ordinal);

    private static string Short(string verdict) => verdict.Length <= LongestVerdict ? verdict : verdict[..(LongestVerdict - 3)] + "...";
}
