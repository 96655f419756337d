using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace PyAirtable.Bench.Peers;

/// <summary>What one run of the load generator saw.</summary>
/// <param name="Requests">Answers.</param>
/// <param name="Seconds">Time that it took.</param>
/// <param name="P50Milliseconds">Median latency.</param>
/// <param name="P99Milliseconds">99th percentile of latency.</param>
/// <param name="Errors">Failed connections, reads and writes, answers over 399, and answers later than ten seconds.</param>
/// <param name="Faults">Which errors.</param>
internal sealed record Load(long Requests, double Seconds, double P50Milliseconds, double P99Milliseconds, long Errors, string Faults)
{
    private static readonly string[] FaultKinds = ["connect", "read", "write", "status", "timeout"];

    /// <summary>Runs wrk on the load's core.</summary>
    /// <param name="rig">Where.</param>
    /// <param name="port">Port of the server.</param>
    /// <param name="route">What its paths begin with.</param>
    /// <param name="load">Which requests.</param>
    /// <param name="seconds">For how long.</param>
    /// <param name="pauseMilliseconds">Mean pause of a connection between two requests; 0 for none.</param>
    /// <param name="cancel">Ends it early.</param>
    public static async Task<Load> RunAsync(Rig rig, int port, string route, Case load, int seconds, int pauseMilliseconds, CancellationToken cancel)
    {
        var url = $"http://127.0.0.1:{port}{route}/{load.Bytes}";
        var script = Path.Combine(Environment.CurrentDirectory, "bench/Peers/load.lua");
        string[] arguments =
        [
            "-c", Text(rig.LoadCore), "wrk", "-t1", $"-c{load.Connections}", $"-d{seconds}s", "--timeout", "10s", "-s", script, url,
            "--", load.Method, Text(load.Bytes), Text(pauseMilliseconds), $"X-API-Key: {Rig.Key}",
        ];
        using var wrk = Process.Start(new ProcessStartInfo("taskset", arguments) { RedirectStandardOutput = true })!;
        try
        {
            var output = await wrk.StandardOutput.ReadToEndAsync(cancel);
            await wrk.WaitForExitAsync(cancel);
            return Read(output.TrimEnd().Split('\n')[^1]);
        }
        finally
        {
            if (!wrk.HasExited)
            {
                wrk.Kill();
            }
        }
    }

    private static Load Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        long Number(string name) => document.RootElement.GetProperty(name).GetInt64();
        return new Load(
            Number("requests"),
            Number("microseconds") / 1e6,
            Number("p50") / 1e3,
            Number("p99") / 1e3,
            FaultKinds.Sum(Number),
            string.Join(", ", FaultKinds.Where(kind => Number(kind) > 0).Select(kind => $"{kind} {Number(kind)}")));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
