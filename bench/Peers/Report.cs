using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace PyAirtable.Bench.Peers;

/// <summary>Writes the comparison down: a line per goal and case, tables in Markdown, every run in JSON.</summary>
internal sealed class Report(Arguments arguments, Comparison comparison, IReadOnlyList<Case> cases, IReadOnlyList<Peer> peers)
{
    // CPU of one request proxied by the Python gateway, measured on the same kind of machine before it was replaced.
    private const double PythonMicroseconds = 1620;
    private const double TimesPython = 90;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly Results _results = new(comparison.Samples);

    /// <summary>Prints the goals and writes <c>peers.md</c> and <c>peers.json</c>.</summary>
    public void Write()
    {
        var lines = Goals().Concat(PythonGoals()).ToList();
        Directory.CreateDirectory(arguments.Output);
        File.WriteAllText(Path.Combine(arguments.Output, "peers.md"), Markdown(lines));
        File.WriteAllText(Path.Combine(arguments.Output, "peers.json"), Json());
        Console.WriteLine("goal, ours, yardstick, ratio, verdict");
        foreach (var line in lines)
        {
            Console.WriteLine(string.Join(", ", line));
        }
        Console.WriteLine($"tables and all runs: {arguments.Output}/peers.md, peers.json");
    }

    private IEnumerable<string[]> Goals() =>
        from goal in Goal.All
        where peers.Contains(goal.Ours) && peers.Contains(goal.Yardstick)
        from load in cases
        let ratio = _results.Ratio(goal.Ours.Name, goal.Yardstick.Name, load)
        select new[]
        {
            $"{goal.Text} ({load.Name})", Microseconds(goal.Ours, load), Microseconds(goal.Yardstick, load), Number(ratio, "0.00"),
            double.IsNaN(ratio) ? "no valid round" : goal.IsMet(ratio) ? "pass" : "fall short",
        };

    private IEnumerable<string[]> PythonGoals() =>
        from load in cases
        let times = PythonMicroseconds / _results.Median(Peer.AllPolicies.Name, load, sample => sample.CpuPerRequest)
        where peers.Contains(Peer.AllPolicies) && load is { Connections: 64, Bytes: 250 }
        select new[]
        {
            $"{TimesPython:0} times the Python gateway's requests per CPU-second ({load.Name})", Microseconds(Peer.AllPolicies, load), Number(PythonMicroseconds, "0") + " µs", Number(times, "0.0"),
            double.IsNaN(times) ? "no valid round" : times >= TimesPython ? "pass" : "fall short",
        };

    private string Microseconds(Peer peer, Case load) => Number(_results.Median(peer.Name, load, sample => sample.CpuPerRequest), "0.0") + " µs";

    private string Markdown(List<string[]> goals)
    {
        var text = new StringBuilder();
        Line($"# Peer comparison, {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC");
        Line($"");
        Line($"{Setup()}");
        foreach (var load in cases)
        {
            Line($"");
            Line($"## {load.Connections} connections, {load.Method}, bodies of {load.Bytes} bytes");
            Line($"");
            var fastest = peers.Max(peer => _results.Median(peer.Name, load, sample => sample.RequestsPerSecond));
            Line($"Upstream alone: {comparison.UpstreamAlone[load.Name]:0} requests a second, {Number(comparison.UpstreamAlone[load.Name] / fastest, "0.0")} times the fastest peer.");
            Line($"");
            Line($"| Peer | RPS | CPU µs/request | core used | p50 ms | p99 ms | resident MB | CPU / nginx | / HAProxy | / fasthttp | invalid runs |");
            Line($"| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
            foreach (var peer in peers)
            {
                string Median(Func<Sample, double> figure, string format) => Number(_results.Median(peer.Name, load, figure), format);
                string Ratio(Peer yardstick) => Number(_results.Ratio(peer.Name, yardstick.Name, load), "0.00");
                Line($"| {peer.Name} | {Median(s => s.RequestsPerSecond, "0")} | {Median(s => s.CpuPerRequest, "0.0")} | {Median(s => s.Busy, "0%")} | {Median(s => s.Load.P50Milliseconds, "0.00")} | {Median(s => s.Load.P99Milliseconds, "0.00")} | {Median(s => s.ResidentMegabytes, "0.0")} | {Ratio(Peer.Nginx)} | {Ratio(Peer.HaProxy)} | {Ratio(Peer.FastHttp)} | {_results.Invalid(peer.Name, load)} |");
            }
        }
        Line($"");
        Line($"## Goals");
        Line($"");
        Line($"| Goal | ours | yardstick | ratio | verdict |");
        Line($"| --- | --- | --- | --- | --- |");
        goals.ForEach(goal => Line($"| {string.Join(" | ", goal)} |"));
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private string Setup() =>
        $"{arguments.Rounds} interleaved rounds of {arguments.Seconds} s; proxy on core {arguments.ProxyCore}, upstream and load generator on core {arguments.LoadCore}; "
        + $"{RuntimeInformation.OSArchitecture}, {RuntimeInformation.OSDescription}. Figures are medians of the valid rounds, ratios the medians of the rounds' ratios.";

    private string Json() => JsonSerializer.Serialize(new { arguments.Rounds, arguments.Seconds, arguments.ProxyCore, arguments.LoadCore, comparison.UpstreamAlone, comparison.Samples }, Indented);

    private static string Number(double figure, string format) => double.IsNaN(figure) ? "-" : figure.ToString(format, CultureInfo.InvariantCulture);
}
