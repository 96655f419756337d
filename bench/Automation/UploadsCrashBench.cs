using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using PyAirtable.Bench.Goals;
using PyAirtable.Bench.Platform;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Automation;

/// <summary>Kills the service at random instants among uploads: what was acknowledged has its record, and every record its whole file.</summary>
internal static class UploadsCrashBench
{
    private const int FileBytes = 300_000;
    private const int Clients = 4;
    private const int LongestMilliseconds = 120;

    /// <summary>So many kills; 1 if anything is lost or torn.</summary>
    public static async Task<int> RunAsync(int kills)
    {
        var report = new BenchReport("uploads-crash");
        var folder = Directory.CreateTempSubdirectory("automation-uploads-crash-").FullName;
        var (url, uploads) = ($"sqlite:///{folder}/crash.db", Path.Combine(folder, "uploads"));
        var acknowledged = new ConcurrentBag<string>();
        var random = new Random(kills);
        for (var i = 0; i < kills; i++)
        {
            await using var automation = await AutomationProcess.StartAsync(url, ("UPLOAD_DIRECTORY", uploads));
            var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(() => UploadAsync(automation.Port, acknowledged))).ToList();
            await Task.Delay(random.Next(1, LongestMilliseconds));
            automation.Kill();
            await Task.WhenAll(clients);
        }

        await using var database = Open.Database(url);
        var records = (await Open.ReadAsync(database, "SELECT filename || ' ' || file_hash FROM files")).Select(static row => row.Split(' ')).ToDictionary(static row => row[0], static row => row[1]);
        var files = Directory.EnumerateFiles(uploads).Select(static path => Path.GetFileName(path)).ToHashSet();
        report.AtLeast($"uploads acknowledged over {kills} kills", acknowledged.Count, "", kills);
        report.None($"acknowledged uploads without a record after {kills} kills", acknowledged.Count(name => !records.ContainsKey(name)));
        report.None($"records whose file is missing or torn after {kills} kills", records.Count(record => !files.Contains(record.Key) || Hash(Path.Combine(uploads, record.Key)) != record.Value));
        report.Add("files without a record, which the sweep removes", files.Count(name => !records.ContainsKey(name)), "");
        Directory.Delete(folder, recursive: true);
        return report.Finish();
    }

    // Until the service is gone.
    private static async Task UploadAsync(int port, ConcurrentBag<string> acknowledged)
    {
        using var connection = new RawHttpConnection();
        if (!await connection.ConnectAsync(port))
        {
            return;
        }
        while (await connection.SendAsync(UploadsBench.Request(RandomNumberGenerator.GetBytes(FileBytes))) is { } answer)
        {
            acknowledged.Add(answer.Status == 200
                ? JsonElement.Parse(answer.Body).GetProperty("file").GetProperty("filename").GetString()!
                : throw new IOException($"an upload failed: {answer}"));
        }
    }

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
