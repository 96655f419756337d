using PyAirtable.Automation.Tests.TextExtraction.Isolation;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.TextExtraction;

public sealed class ExtractionWorkerTests(PostgresServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Contract("D18")]
    public async Task Start_FilesWaiting_RunsAtMostSoManyAtOnce()
    {
        using var log = new TemporaryFile([], ".log");
        using var go = new TemporaryFile([], ".go");
        await using var host = await AutomationHost.StartAsync(
            DatabaseEngine.Sqlite,
            server,
            new() { ["TASK_WORKER_COUNT"] = "2" },
            ChildCommand.Shell($"printf + >> {log.Path}; while [ ! -s {go.Path} ]; do sleep 0.02; done; printf - >> {log.Path}"));
        for (var id = 1; id <= 5; id++)
        {
            await host.UploadedAsync("a.docx", "x");
            await host.ReadAsync("POST", $"/files/process/{id}");
        }
        await Eventually.TrueAsync(() => new FileInfo(log.Path).Length >= 2);

        await File.WriteAllTextAsync(go.Path, "go", Token);
        for (var id = 1; id <= 5; id++)
        {
            await host.WaitAsync($"/files/{id}", "file", "failed");
        }

        var (running, most) = (0, 0);
        foreach (var sign in await File.ReadAllTextAsync(log.Path, Token))
        {
            running += sign == '+' ? 1 : -1;
            most = Math.Max(most, running);
        }
        Assert.Equal((0, 2), (running, most));
    }

    [Fact]
    public async Task Claim_DatabaseFailsForAWhile_GoesOn()
    {
        await using var host = await AutomationHost.StartAsync(DatabaseEngine.Sqlite, server);
        await host.UploadedAsync("a.txt", "hello");
        await RenameAsync(host, "files", "away");
        await Eventually.TrueAsync(async () => (await host.ReadLogAsync()).Contains("the job queue could not be read or written", StringComparison.Ordinal));

        await RenameAsync(host, "away", "files");
        await host.ReadAsync("POST", "/files/process/1");

        await host.WaitAsync("/files/1", "file", "processed");
    }

    private static Task RenameAsync(AutomationHost host, string from, string to) => host.Database.WriteAsync(
        async (connection, transaction, token) =>
        {
            await using var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = ($"ALTER TABLE {from} RENAME TO {to}", transaction);
            await command.ExecuteNonQueryAsync(token);
        },
        Token);
}
