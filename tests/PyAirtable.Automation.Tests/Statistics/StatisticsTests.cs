using PyAirtable.Automation.Files;
using PyAirtable.Automation.Storage;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Statistics;

public sealed class StatisticsTests(PostgresServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseEngine.Sqlite)]
    [InlineData(DatabaseEngine.PostgreSql)]
    public async Task Files_Counted_AreToldByStatus(DatabaseEngine engine)
    {
        await using var host = await AutomationHost.StartAsync(engine, server);
        Assert.Equal(Files(0, 0, 0, 0, 0), await ReadAsync(host, "/files"));

        await host.UploadedAsync("a.txt", "12345");
        await host.UploadedAsync("b.csv", "");
        await host.UploadedAsync("c.txt", "123");
        await host.ReadAsync("POST", "/files/process/1");
        await host.ReadAsync("POST", "/files/process/2");
        await host.WaitAsync("/files/1", "file", "processed");
        await host.WaitAsync("/files/2", "file", "failed");
        await host.ReadAsync("DELETE", "/files/3");

        Assert.Equal(Files(processed: 1, failed: 1, deleted: 1, size: 8, recent: 3), await ReadAsync(host, "/files"));
    }

    [Theory]
    [InlineData(DatabaseEngine.Sqlite)]
    [InlineData(DatabaseEngine.PostgreSql)]
    public async Task Files_OldAndNew_AreAllSummed(DatabaseEngine engine)
    {
        await using var host = await AutomationHost.StartAsync(engine, server);
        var (files, statistics) = (new FileStore(host.Database), new StatisticsStore(host.Database));
        var now = DateTime.UtcNow;
        (int Hours, long Size, long Sum, long Recent)[] steps =
            [(48, 5_000_000_000, 5_000_000_000, 0), (3, 10, 5_000_000_010, 1), (0, 100, 5_000_000_110, 2), (2, 1000, 5_000_001_110, 3)];
        foreach (var (hours, size, sum, recent) in steps)
        {
            await files.InsertAsync(
                new StoredFile { Filename = $"{size}", OriginalFilename = "a", FileSize = size, MimeType = "", FileHash = "", Status = FileStatus.Uploaded, CreatedAt = now.AddHours(-hours), UpdatedAt = now },
                "x",
                Token);
            for (var i = 0; i < 2; i++)
            {
                var found = await statistics.ReadFilesAsync(now, Token);
                Assert.Equal((sum, recent), (found.Bytes, found.Recent));
            }
        }
    }

    [Theory]
    [InlineData(DatabaseEngine.Sqlite)]
    [InlineData(DatabaseEngine.PostgreSql)]
    public async Task Workflows_Counted_AreToldByStatus(DatabaseEngine engine)
    {
        await using var host = await AutomationHost.StartAsync(engine, server);
        await host.ReadAsync("POST", "/workflows", """{"name":"a"}""");
        await host.ReadAsync("POST", "/workflows", """{"name":"b","config":{"steps":[{"type":"nope"}]}}""");
        await host.ReadAsync("POST", "/workflows/1/trigger", "{}");
        await host.ReadAsync("POST", "/workflows/2/trigger", "{}");
        await host.WaitAsync("/executions/1", "execution", "completed");
        await host.WaitAsync("/executions/2", "execution", "failed");
        await host.ReadAsync("PUT", "/workflows/2", """{"status":"paused"}""");

        Assert.Equal(
            """{"statistics":{"total_workflows":2,"workflow_status_breakdown":{"active":1,"inactive":0,"paused":1},"total_executions":2,"execution_status_breakdown":{"pending":0,"running":0,"completed":1,"failed":1,"cancelled":0},"recent_executions_24h":2}}""",
            await ReadAsync(host, "/workflows"));
    }

    private static string Files(int processed, int failed, int deleted, int size, int recent) =>
        $$$"""{"statistics":{"total_files":{{{processed + failed + deleted}}},"status_breakdown":{"uploaded":0,"processing":0,"processed":{{{processed}}},"failed":{{{failed}}},"deleted":{{{deleted}}}},"total_size_bytes":{{{size}}},"recent_uploads_24h":{{{recent}}}}}""";

    private static async Task<string> ReadAsync(AutomationHost host, string of) => (await host.ReadAsync("GET", of + "/stats/summary")).GetRawText();
}
