using PyAirtable.Bench.Goals;

namespace PyAirtable.Bench.Mcp;

/// <summary>Open sessions that do nothing: what the native server needs for them.</summary>
internal static class IdleSessions
{
    private const int Count = 1000;
    private const int OpenedAtOnce = 16;
    private const double MemoryGoal = 30;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    /// <summary>Measures and reports. Each session is initialized and has its stream to the client open.</summary>
    public static async Task RunAsync(BenchReport report, Rig rig)
    {
        using var server = rig.StartNative();
        using var client = new McpClient(server.Port);
        var before = server.ResidentMegabytes;
        var sessions = new (string Id, HttpResponseMessage Stream)[Count];
        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce }, async (index, _) =>
        {
            var session = await client.OpenAsync();
            sessions[index] = (session, await client.ListenAsync(session));
        });
        var opened = server.ResidentMegabytes;
        await Task.Delay(Rest);
        var idle = server.ResidentMegabytes;
        var cpu = server.CpuMicroseconds;
        await Task.Delay(Rest);
        cpu = server.CpuMicroseconds - cpu;
        var answered = 0;
        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce }, async (index, _) =>
        {
            if (await client.PingAsync(sessions[index].Id))
            {
                Interlocked.Increment(ref answered);
            }
        });

        report.AtMost($"resident memory with {Count:N0} idle sessions", idle, "MB", MemoryGoal);
        report.None($"sessions of {Count:N0} that did not answer a ping", Count - answered);
        report.Add("resident memory before the first session", before, "MB");
        report.Add($"resident memory right after opening {Count:N0} sessions", opened, "MB");
        report.Add("resident memory of each", (idle - before) * 1024 / Count, "KiB");
        report.Add("processor time of all of them at rest", cpu / Rest.TotalSeconds / 1e4, "%");
        foreach (var (_, stream) in sessions)
        {
            stream.Dispose();
        }
    }
}
