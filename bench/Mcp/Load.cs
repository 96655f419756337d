using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace PyAirtable.Bench.Mcp;

/// <summary>What one run of wrk saw.</summary>
/// <param name="Calls">Answers.</param>
/// <param name="Seconds">Time that it took.</param>
/// <param name="P50Milliseconds">Median latency.</param>
/// <param name="P99Milliseconds">99th percentile of latency.</param>
/// <param name="Errors">Failed connections, reads and writes, answers over 399, and answers later than ten seconds.</param>
internal sealed record Load(long Calls, double Seconds, double P50Milliseconds, double P99Milliseconds, long Errors)
{
    /// <summary>Connections, each with one call under way.</summary>
    public const int Connections = 32;

    /// <summary>Posts a body again and again.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="body">What.</param>
    /// <param name="sessions">MCP sessions that take turns; none for calls without one.</param>
    /// <param name="headers">More headers, a line each.</param>
    /// <param name="seconds">For how long.</param>
    public static async Task<Load> RunAsync(Uri address, string body, IReadOnlyCollection<string> sessions, IReadOnlyCollection<string> headers, int seconds)
    {
        string[] arguments =
        [
            "-c", Rig.LoadCore.ToString(CultureInfo.InvariantCulture), "wrk", "-t1", $"-c{Connections}", $"-d{seconds}s", "--timeout", "10s", "-s", "bench/Mcp/load.lua", address.AbsoluteUri,
            "--", body, sessions.Count > 0 ? string.Join(',', sessions) : "none", .. headers,
        ];
        using var wrk = Process.Start(new ProcessStartInfo("taskset", arguments) { RedirectStandardOutput = true })!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        using var document = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        double Number(string name) => document.RootElement.GetProperty(name).GetDouble();
        return new Load((long)Number("requests"), Number("microseconds") / 1e6, Number("p50") / 1e3, Number("p99") / 1e3, (long)Number("errors"));
    }
}
