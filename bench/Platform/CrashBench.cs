using PyAirtable.Bench.Goals;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Platform;

/// <summary>Kills the service at random instants while it stores, and looks whether all that it acknowledged is there, once.</summary>
internal static class CrashBench
{
    private const int Clients = 16;
    private const int LongestMilliseconds = 300;

    /// <summary>So many kills on each engine; 1 if anything was lost or is there twice.</summary>
    public static async Task<int> RunAsync(int kills)
    {
        var report = new BenchReport("crash");
        var folder = Directory.CreateTempSubdirectory("platform-crash-").FullName;
        await KillAsync("SQLite", $"sqlite:///{folder}/crash.db", kills, report);
        Directory.Delete(folder, recursive: true);
        await using var server = new PostgresServer();
        await KillAsync("PostgreSQL", await server.CreateDatabaseAsync(), kills, report);
        return report.Finish();
    }

    private static async Task KillAsync(string engine, string url, int kills, BenchReport report)
    {
        var ledger = new WriteLedger("crash");
        var random = new Random(kills);
        for (var i = 0; i < kills; i++)
        {
            await using var platform = await PlatformProcess.StartAsync(url, "", ("PASSWORD_HASH_ROUNDS", "4"));
            var writing = ledger.WriteAsync(platform.Address, Clients, CancellationToken.None);
            await Task.Delay(random.Next(1, LongestMilliseconds));
            platform.Kill();
            await writing;
            if ((i + 1) % 20 == 0)
            {
                Console.WriteLine($"  {engine}: {i + 1} kills, {ledger.Acknowledged} writes acknowledged");
            }
        }

        await using var database = Open.Database(url);
        var (lost, twice) = await ledger.CompareAsync(sql => Open.ReadAsync(database, sql));
        report.AtLeast($"writes acknowledged over {kills} kills, {engine}", ledger.Acknowledged, "", kills);
        report.None($"acknowledged writes that are lost over {kills} kills, {engine}", lost);
        report.None($"writes that are there twice after {kills} kills, {engine}", twice);
    }
}
