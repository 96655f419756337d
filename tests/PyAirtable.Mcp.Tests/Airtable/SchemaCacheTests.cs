namespace PyAirtable.Mcp.Tests.Airtable;

public sealed class SchemaCacheTests
{
    private const string Base = """{"base_id":"appX"}""";

    [Fact]
    public async Task Schema_AskedByManyAtOnce_IsFetchedOnce()
    {
        await using var host = await McpHost.StartAsync();
        var release = new TaskCompletionSource();
        host.Airtable.Before = (_, _) => release.Task;

        var calls = Enumerable.Range(0, 20).Select(_ => host.CallAsync("list_tables", Base)).ToArray();
        await Eventually.TrueAsync(() => !host.Airtable.Seen.IsEmpty);
        release.SetResult();
        await Task.WhenAll(calls);

        Assert.Single(host.Airtable.Seen);
    }

    [Fact]
    public async Task Schema_AfterItsLifetime_IsFetchedAgain()
    {
        var clock = new ManualTime();
        await using var host = await McpHost.StartAsync(clock: clock, settings: ("MCP_SCHEMA_CACHE_TTL", "1m"));

        await host.CallAsync("list_tables", Base);
        await host.CallAsync("list_tables", Base);
        var before = host.Airtable.Seen.Count;
        clock.Advance(TimeSpan.FromSeconds(61));
        await host.CallAsync("list_tables", Base);

        Assert.Equal((1, 2), (before, host.Airtable.Seen.Count));
    }

    [Fact]
    public async Task Schema_AfterAWriteToItsBase_IsFetchedAgain()
    {
        await using var host = await McpHost.StartAsync();

        await host.CallAsync("list_tables", Base);
        await host.CallAsync("create_record", """{"base_id":"appX","table_id":"tbl1","fields":{}}""");
        await host.CallAsync("list_tables", Base);

        Assert.Equal(2, host.Airtable.Seen.Count(seen => seen.Target == "/bases/appX/schema"));
    }

    [Fact]
    public async Task Failure_IsNotKept()
    {
        await using var host = await McpHost.StartAsync();
        host.Airtable.Instead = static _ => (500, """{"detail":"busy"}""");
        var first = await host.CallAsync("list_tables", Base);
        host.Airtable.Instead = static _ => null;

        await Eventually.TrueAsync(async () => (await host.CallAsync("list_tables", Base)).StartsWith('{'));

        Assert.Equal("Error: busy", first);
    }
}
