using PyAirtable.Bench.Goals;

namespace PyAirtable.Bench.Mcp;

/// <summary>Tool calls of the native server and of the Python one, by turns.</summary>
internal static class Calls
{
    private const int Sessions = 32;
    private const double Times = 20;

    /// <summary>Measures and reports those calls whose names begin with <paramref name="which"/>.</summary>
    public static async Task RunAsync(BenchReport report, Rig rig, int rounds, int seconds, string which)
    {
        using var native = rig.StartNative();
        using var python = rig.StartPython();
        using var client = new McpClient(native.Port);
        var sessions = new List<string>();
        for (var number = 0; number < Sessions; number++)
        {
            sessions.Add(await client.OpenAsync());
        }

        static Uri Route(int port) => new($"http://127.0.0.1:{port}/tools/call");
        var theirs = new Side("Python, POST /tools/call", python, Route(python.Port), []);
        var http = new Side("native, POST /tools/call", native, Route(native.Port), []);
        var mcp = new Side("native, MCP tools/call", native, client.Endpoint, sessions);
        Side[] sides = [http, mcp, theirs];
        foreach (var call in ToolCall.All.Where(call => call.Name.StartsWith(which, StringComparison.Ordinal)))
        {
            foreach (var side in sides)
            {
                side.Clear();
            }

            for (var round = 0; round < rounds; round++)
            {
                // Each round begins with another side.
                for (var turn = 0; turn < sides.Length; turn++)
                {
                    await sides[(round + turn) % sides.Length].RunAsync(call, seconds, rig.Airtable);
                }
            }

            Compare(report, call, http, theirs);
            Compare(report, call, mcp, theirs);
            report.Add(new Table(
                $"{call.Name}: {rounds} rounds of {seconds} s, {Load.Connections} connections",
                ["server", "calls/s", "CPU µs/call", "p50 ms", "p99 ms"],
                [.. sides.Select(static side => (string[])[side.Name, Quantity.Format(side.PerSecond), Quantity.Format(Quantile.Median(side.Microseconds)), Quantity.Format(side.P50), Quantity.Format(side.P99)])]));
        }

        report.Below("resident memory, highest under load", native.PeakMegabytes, "MB", python.PeakMegabytes, "Python");
    }

    private static void Compare(BenchReport report, ToolCall call, Side ours, Side theirs)
    {
        var ratio = Quantile.Median(theirs.Microseconds.Zip(ours.Microseconds, static (python, native) => python / native));
        report.AtLeast($"tool calls per CPU-second: {call.Name}; {ours.Name}", 1e6 / Quantile.Median(ours.Microseconds), "/s", 1e6 / Quantile.Median(theirs.Microseconds), "Python", Times, ratio);
        report.Below($"p99 at full load: {call.Name}; {ours.Name}", ours.P99, "ms", theirs.P99, "Python");
    }
}
