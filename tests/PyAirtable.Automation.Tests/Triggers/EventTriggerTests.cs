using System.Text;
using PyAirtable.Automation.Storage;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Events;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Triggers;

/// <summary>Events of the bus that start workflows: in one process on SQLite, and over Redis on PostgreSQL.</summary>
public sealed class EventTriggerTests(PostgresServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseEngine.Sqlite)]
    [InlineData(DatabaseEngine.PostgreSql)]
    public async Task Event_Awaited_StartsWithItsEnvelope(DatabaseEngine engine)
    {
        await using var host = await StartAsync(engine);
        await CreateAsync(host, "user.registered", """[{"type":"log","message":"{id} {type}"}]""");
        await CreateAsync(host, "other", "[]");
        var happened = Event("user.registered", """{"user_id": 5, "name": "\u0000 é"}""");

        await PublishAsync(host, Event("user.deleted", "{}"));
        await PublishAsync(host, happened);

        var run = await Eventually(host, 1);
        Assert.Equal(("event", 1), (run.GetProperty("trigger_type").GetString(), run.GetProperty("workflow_id").GetInt32()));
        var data = run.GetProperty("trigger_data");
        Assert.Equal(["id", "type", "source", "time", "data"], data.EnumerateObject().Select(member => member.Name));
        Assert.Equal((happened.Id, "user.registered", "test", 5), (data.GetProperty("id").GetString(), data.GetProperty("type").GetString(), data.GetProperty("source").GetString(), data.GetProperty("data").GetProperty("user_id").GetInt32()));
        Assert.Equal($"{happened.Id} user.registered", run.GetProperty("result").GetProperty("results")[0].GetProperty("result").GetProperty("message").GetString());
        Assert.Equal(1, (await host.ReadAsync("GET", "/executions")).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData(DatabaseEngine.Sqlite)]
    [InlineData(DatabaseEngine.PostgreSql)]
    public async Task Event_DeliveredOften_StartsOnce(DatabaseEngine engine)
    {
        await using var host = await AutomationHost.StartAsync(engine, server);
        await CreateAsync(host, "a", "[]");
        await CreateAsync(host, "a", "[]");
        var (one, two) = (Event("a", "{}") with { Id = "x%_\"é" }, Event("a", "{}") with { Id = "x%_\"é2" });
        var store = new TriggerStore(host.Database);

        var added = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => store.AddAsync(i % 2 == 0 ? one : two, DateTime.UtcNow, Token)));

        Assert.Equal(4, added.Sum());
    }

    [Theory]
    [InlineData(DatabaseEngine.Sqlite)]
    [InlineData(DatabaseEngine.PostgreSql)]
    public async Task Event_OlderThanTheWorkflow_StartsNothing(DatabaseEngine engine)
    {
        await using var host = await AutomationHost.StartAsync(engine, server);
        var before = Event("a", "{}");
        await CreateAsync(host, "a", "[]");

        Assert.Equal(0, await new TriggerStore(host.Database).AddAsync(before, DateTime.UtcNow, Token));
    }

    [Fact]
    public async Task Workflows_ThatWaitForEachOther_DoNotGoOnForEver()
    {
        await using var host = await StartAsync(DatabaseEngine.Sqlite);
        await CreateAsync(host, "workflow.completed", "[]");
        await CreateAsync(host, "workflow.completed", "[]");
        await host.ReadAsync("POST", "/workflows", """{"name":"first"}""");
        await host.ReadAsync("POST", "/workflows/3/trigger", "{}");
        await Eventually(host, 2);
        await Eventually(host, 3);

        // Told after theirs, so theirs have been seen when this one has started something.
        await CreateAsync(host, "last", "[]");
        await PublishAsync(host, Event("last", "{}"));
        await Eventually(host, 4);

        Assert.Equal(4, (await host.ReadAsync("GET", "/workflows/executions/4")).GetProperty("execution").GetProperty("workflow_id").GetInt32());
    }

    private static EventEnvelope Event(string type, string data) => EventEnvelope.Create(type, "test", Encoding.UTF8.GetBytes(data), TimeProvider.System);

    // The first connection to Redis may take its time; until then the bus refuses.
    private static Task PublishAsync(AutomationHost host, EventEnvelope happened) => Testing.Eventually.TrueAsync(async () =>
    {
        var refused = await Record.ExceptionAsync(() => host.Events.PublishAsync(happened, Token).AsTask());
        return refused is null ? true : refused is EventBusUnavailableException ? false : throw refused;
    });

    private static async Task CreateAsync(AutomationHost host, string type, string steps) =>
        await host.ReadAsync("POST", "/workflows", $$$"""{"name":"w","triggers":[{"type":"event","event":"{{{type}}}"}],"config":{"steps":{{{steps}}}}}""");

    private static async Task<System.Text.Json.JsonElement> Eventually(AutomationHost host, int execution)
    {
        await Testing.Eventually.TrueAsync(async () => (int)(await host.SendAsync("GET", $"/executions/{execution}")).Status == 200);
        return await host.WaitAsync($"/executions/{execution}", "execution", "completed", "failed");
    }

    private Task<AutomationHost> StartAsync(DatabaseEngine engine) =>
        AutomationHost.StartAsync(engine, server, engine == DatabaseEngine.Sqlite ? null : new() { ["REDIS_URL"] = RedisServer.Shared.TakeDatabase() });
}
