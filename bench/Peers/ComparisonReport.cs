using System.Globalization;
using System.Text.Json;
using PyAirtable.Bench.Goals;

namespace PyAirtable.Bench.Peers;

/// <summary>Reports the comparison: a line per goal and case, a table per case, and every run in a file of its own.</summary>
internal sealed class ComparisonReport(Arguments arguments, Comparison comparison, IReadOnlyList<Case> cases, IReadOnlyList<Peer> peers)
{
    // CPU of one request proxied by the original Python gateway, measured on the same kind of machine before it was replaced.
    private const double OriginalMicroseconds = 1620;
    private const double TimesPython = 90;
    private const string Folder = "artifacts/peers";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly Results _results = new(comparison.Samples);

    /// <summary>Reports goals, figures and tables, and writes the runs.</summary>
    public void Write(BenchReport report)
    {
        foreach (var load in cases)
        {
            report.Add(Table(load));
        }

        foreach (var goal in Goal.All.Where(goal => peers.Contains(goal.Ours) && peers.Contains(goal.Yardstick)))
        {
            foreach (var load in cases)
            {
                Write(report, goal, load);
            }
        }

        foreach (var load in cases.Where(load => Peer.Python.Takes(load) && peers.Contains(Peer.AllPolicies)))
        {
            WriteBesidePython(report, load);
        }

        report.None("runs that do not count", comparison.Samples.Count(static sample => !sample.IsValid));
        report.Add("how it was measured", string.Create(
            CultureInfo.InvariantCulture,
            $"{arguments.Rounds} interleaved rounds of {arguments.Seconds} s; proxy on core {arguments.ProxyCore}, upstream and load generator on core {arguments.LoadCore}; figures are medians of the valid rounds, ratios the medians of the rounds' ratios"));
        Directory.CreateDirectory(Folder);
        File.WriteAllText(
            Path.Combine(Folder, arguments.Name + ".json"),
            JsonSerializer.Serialize(new { arguments.Rounds, arguments.Seconds, arguments.ProxyCore, arguments.LoadCore, comparison.UpstreamAlone, comparison.Samples }, Indented));
    }

    private void Write(BenchReport report, Goal goal, Case load)
    {
        var (text, ours, theirs, whose) = ($"{goal.Text}, {load.Name}", Cpu(goal.Ours, load), Cpu(goal.Yardstick, load), goal.Yardstick.Name);
        var ratio = _results.Ratio(goal.Ours.Name, whose, load);
        if (goal.IsStrict)
        {
            report.Below(text, ours, "µs", theirs, whose, ratio);
        }
        else
        {
            report.AtMost(text, ours, "µs", theirs, whose, goal.Limit, ratio);
        }
    }

    private void WriteBesidePython(BenchReport report, Case load)
    {
        var ours = PerSecond(Peer.AllPolicies);
        if (peers.Contains(Peer.Python))
        {
            report.AtLeast($"requests per CPU-second beside Python's, {load.Name}", ours, "/s", PerSecond(Peer.Python), "Python", TimesPython, _results.Ratio(Peer.Python.Name, Peer.AllPolicies.Name, load));
            if (peers.Contains(Peer.PythonsRoute))
            {
                report.Add($"times Python's requests per CPU-second on its own route, {load.Name}", _results.Ratio(Peer.Python.Name, Peer.PythonsRoute.Name, load), "");
            }
        }
        report.AtLeast($"proxied requests per CPU-second, {load.Name}", ours, "/s", 1e6 / OriginalMicroseconds, "the original Python gateway, once", TimesPython);

        double PerSecond(Peer peer) => 1e6 / Cpu(peer, load);
    }

    private double Cpu(Peer peer, Case load) => _results.Median(peer.Name, load, static sample => sample.CpuPerRequest);

    private Table Table(Case load)
    {
        var alone = comparison.UpstreamAlone[load.Name];
        var taking = peers.Where(peer => peer.Takes(load)).ToList();
        var fastest = taking.Max(peer => _results.Median(peer.Name, load, static sample => sample.RequestsPerSecond));
        return new Table(
            $"{load.Name}; the upstream alone takes {alone.ToString("N0", CultureInfo.InvariantCulture)} requests a second, {Quantity.Format(alone / fastest)} times the fastest peer",
            ["peer", "requests a second", "CPU µs/request", "core used", "p50 ms", "p99 ms", "resident MB", "CPU / nginx", "/ HAProxy", "/ fasthttp", "invalid runs"],
            [.. taking.Select(peer => Row(peer, load))]);
    }

    private string[] Row(Peer peer, Case load)
    {
        string Median(Func<Sample, double> figure) => Quantity.Format(_results.Median(peer.Name, load, figure));
        string Ratio(Peer yardstick) => Quantity.Format(_results.Ratio(peer.Name, yardstick.Name, load));
        return
        [
            peer.Name, Median(static run => run.RequestsPerSecond), Median(static run => run.CpuPerRequest), Median(static run => run.Busy),
            Median(static run => run.Load.P50Milliseconds), Median(static run => run.Load.P99Milliseconds), Median(static run => run.ResidentMegabytes),
            Ratio(Peer.Nginx), Ratio(Peer.HaProxy), Ratio(Peer.FastHttp), _results.Invalid(peer.Name, load).ToString(CultureInfo.InvariantCulture),
        ];
    }
}
