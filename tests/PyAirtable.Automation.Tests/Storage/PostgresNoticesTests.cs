using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PyAirtable.Automation.Files;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Storage;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Events;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Storage;

/// <summary>What one process commits, another hears of at once.</summary>
public sealed class PostgresNoticesTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TestDatabase _storage = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTime Now => DateTime.UtcNow;

    public async ValueTask InitializeAsync()
    {
        _storage = await TestDatabase.CreateAsync(DatabaseEngine.PostgreSql, server);
        await new Migrator(_storage.Database, NullLoggerFactory.Instance, TimeProvider.System)
            .ApplyAsync([new("automation", typeof(AutomationModule).Assembly, "Migrations/")], TextWriter.Null, Token);
        await new WorkflowStore(_storage.Database).InsertAsync(
            new Workflow { Name = "w", Triggers = """[{"type":"file_upload","file_extensions":[".txt"]},{"type":"event","event":"a"}]""", CreatedAt = Now, UpdatedAt = Now }, Token);
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Theory]
    [InlineData("upload", true)]
    [InlineData("upload of another kind", false)]
    [InlineData("event", true)]
    [InlineData("other event", false)]
    public async Task Triggers_RunsAdded_AreToldOf(string what, bool isTold)
    {
        var heard = new List<string>();
        await using var connection = (NpgsqlConnection)await _storage.Database.OpenAsync(Token);
        connection.Notification += (_, notice) => heard.Add(notice.Payload);
        await RunAsync(connection, "LISTEN pyairtable_executions");

        await (Task)(what switch
        {
            "upload" => AddFileAsync("a.txt"),
            "upload of another kind" => AddFileAsync("a.pdf"),
            "event" => AddEventAsync("a"),
            _ => AddEventAsync("b"),
        });

        // Notices come in the order of the commits.
        await using (var other = (NpgsqlConnection)await _storage.Database.OpenAsync(Token))
        {
            await RunAsync(other, "NOTIFY pyairtable_executions, 'last'");
        }
        while (!heard.Contains("last"))
        {
            Assert.True(await connection.WaitAsync(Patience, Token));
        }
        Assert.Equal(isTold ? 2 : 1, heard.Count);
        await RunAsync(connection, "UNLISTEN *");
    }

    [Fact]
    [Contract("8.2 start")]
    public async Task Notice_OfAnotherProcess_WakesTheEngine()
    {
        using var signal = new WorkSignal();
        using var notices = new PostgresNotices(_storage.Database, new ExecutionNotices(signal), TimeProvider.System, NullLogger.Instance);
        await notices.StartAsync(Token);
        // Once it listens it looks by itself.
        Assert.True(await signal.WaitAsync(Patience, Token));

        await using var connection = (NpgsqlConnection)await _storage.Database.OpenAsync(Token);
        await RunAsync(connection, "NOTIFY pyairtable_executions, 'another process'");

        Assert.True(await signal.WaitAsync(Patience, Token));
        await notices.StopAsync(Token);
    }

    private Task<StoredFile> AddFileAsync(string name) => new FileStore(_storage.Database).InsertAsync(
        new StoredFile { Filename = name, OriginalFilename = name, MimeType = "", FileHash = "", Status = FileStatus.Uploaded, CreatedAt = Now, UpdatedAt = Now }, name, Token);

    private Task<int> AddEventAsync(string type) =>
        new TriggerStore(_storage.Database).AddAsync(EventEnvelope.Create(type, "test", Encoding.UTF8.GetBytes("{}"), TimeProvider.System), Now, Token);

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
