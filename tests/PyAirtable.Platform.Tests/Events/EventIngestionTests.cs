using System.Text.Json;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Events;

/// <summary>What becomes of events while the database refuses, waits or is away.</summary>
public sealed class EventIngestionTests(PostgresServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql, "ALTER TABLE platform_analytics_events ADD CHECK (event_type <> 'poison')")]
    [InlineData(DatabaseEngine.Sqlite, "CREATE TRIGGER poison BEFORE INSERT ON platform_analytics_events WHEN new.event_type = 'poison' BEGIN SELECT RAISE(ABORT, 'no'); END")]
    public async Task Post_PoisonedRowAmongMany_FailsAlone(DatabaseEngine engine, string rule)
    {
        await using var storage = await TestDatabase.CreateAsync(engine, server);
        await using var host = await PlatformHost.StartAsync(Url(storage));
        await storage.ExecuteAsync(rule);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => host.SendAsync("POST", "/analytics/events", $$"""{"event_type":"{{(i % 40 == 7 ? "poison" : "good")}}"}""")));

        Assert.Equal(5, answers.Count(static answer => (answer.Status, answer.Body) == (500, """{"detail":"Event tracking failed"}""")));
        Assert.Equal(195, answers.Count(static answer => answer.Status == 200));
        Assert.Equal(195L, await storage.ReadAsync("SELECT count(*) FROM platform_analytics_events"));
        Assert.Equal((500, """{"detail":"Batch event creation failed"}"""), Short(await host.SendAsync("POST", "/analytics/events/batch", """{"events":[{"event_type":"good"},{"event_type":"poison"}]}""")));
        Assert.Equal(195L, await storage.ReadAsync("SELECT count(*) FROM platform_analytics_events"));
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.Sqlite)]
    public async Task Post_QueueFull_Is503UntilThereIsRoom(DatabaseEngine engine)
    {
        await using var storage = await TestDatabase.CreateAsync(engine, server);
        await using var host = await PlatformHost.StartAsync(Url(storage));
        var thousands = $$"""{"events":[{{string.Join(',', Enumerable.Repeat("""{"event_type":"a"}""", 4000))}}]}""";

        // What each writer has under way, and five that fill the queue.
        var requests = engine == DatabaseEngine.PostgreSql ? 2 + 5 : 1 + 5;
        List<Task<(int Status, string Body, System.Net.Http.Headers.HttpResponseHeaders Headers)>> waiting = [];
        await storage.Database.WriteAsync(
            async (connection, transaction, token) =>
            {
                // Nobody else can write before this ends: on SQLite by the transaction alone.
                if (engine == DatabaseEngine.PostgreSql)
                {
                    await using var command = connection.CreateCommand();
                    command.Transaction = transaction;
                    command.CommandText = "LOCK TABLE platform_analytics_events";
                    await command.ExecuteNonQueryAsync(token);
                }

                waiting.AddRange(Enumerable.Range(0, requests).Select(_ => host.SendAsync("POST", "/analytics/events/batch", thousands)));
                while (await WaitingRowsAsync(host) < 16_384)
                {
                    Assert.DoesNotContain(waiting, static request => request.IsCompleted);
                    await Task.Delay(10, token);
                }

                var refused = await host.SendAsync("POST", "/analytics/events", """{"event_type":"a"}""");
                Assert.Equal((503, """{"detail":"Service busy, try again later"}"""), Short(refused));
                Assert.Equal(["1"], refused.Headers.GetValues("Retry-After"));
            },
            Token);

        Assert.All(await Task.WhenAll(waiting), static answer => Assert.Equal((200, """{"message":"Created 4000 events successfully"}"""), Short(answer)));
        Assert.Equal(200, (await host.SendAsync("POST", "/analytics/events", """{"event_type":"a"}""")).Status);
        Assert.Equal((requests * 4000L) + 1, await storage.ReadAsync("SELECT count(*) FROM platform_analytics_events"));
    }

    [Fact]
    public async Task Post_ServerStoppedAndStartedUnderLoad_Is503AndLosesNothingAcknowledged()
    {
        await using var own = new PostgresServer();
        await using var storage = await TestDatabase.CreateAsync(DatabaseEngine.PostgreSql, own);
        await using var host = await PlatformHost.StartAsync(storage.Options.Url);
        using var end = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 16).Select(_ => PostUntilAsync(host, end.Token)).ToList();
        async Task StoredAsync(long more)
        {
            var goal = await CountAsync(host) + more;
            while (await CountAsync(host) < goal)
            {
                await Task.Delay(20, Token);
            }
        }

        for (var round = 0; round < 2; round++)
        {
            await StoredAsync(200);
            await own.StopAsync();
            await Task.Delay(200, Token);
            await own.StartAsync();
        }

        await StoredAsync(200);
        await end.CancelAsync();
        var seen = await Task.WhenAll(clients);

        var stored = (string)(await storage.ReadAsync("SELECT string_agg(id::text, ',') FROM platform_analytics_events"))!;
        var acknowledged = seen.SelectMany(static client => client.Ids).ToList();
        Assert.Empty(acknowledged.Except(stored.Split(',').Select(static id => int.Parse(id, System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal(acknowledged.Count, acknowledged.Distinct().Count());
        Assert.Equal([(503, """{"detail":"Event tracking failed"}""")], seen.SelectMany(static client => client.Failures).Distinct());
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.Sqlite)]
    public async Task Stop_UnderLoad_LosesNothingAcknowledged(DatabaseEngine engine)
    {
        await using var storage = await TestDatabase.CreateAsync(engine, server);
        var host = await PlatformHost.StartAsync(Url(storage));
        using var end = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 16).Select(_ => PostUntilAsync(host, end.Token)).ToList();
        while (await CountAsync(host) < 100)
        {
            await Task.Delay(10, Token);
        }

        await host.StopAsync();
        await end.CancelAsync();
        var acknowledged = (await Task.WhenAll(clients)).SelectMany(static client => client.Ids).ToList();
        await host.DisposeAsync();

        Assert.True(acknowledged.Count >= 100);
        foreach (var id in acknowledged)
        {
            Assert.Equal(1L, await storage.ReadAsync($"SELECT count(*) FROM platform_analytics_events WHERE id = {id}"));
        }
    }

    private static async Task<(List<int> Ids, List<(int, string)> Failures)> PostUntilAsync(ServiceHost host, CancellationToken end)
    {
        List<int> ids = [];
        List<(int, string)> failures = [];
        while (!end.IsCancellationRequested)
        {
            try
            {
                var answer = await host.SendAsync("POST", "/analytics/events", """{"event_type":"load"}""");
                if (answer.Status == 200)
                {
                    ids.Add(JsonElement.Parse(answer.Body).GetProperty("id").GetInt32());
                }
                else
                {
                    failures.Add(Short(answer));
                    await Task.Delay(5, CancellationToken.None);
                }
            }
            catch (HttpRequestException)
            {
                // The service has stopped.
                break;
            }
        }

        return (ids, failures);
    }

    private static async Task<long> CountAsync(ServiceHost host) => await ReadAsync(host, "pyairtable_ingestion_batch_rows_sum");

    private static async Task<long> WaitingRowsAsync(ServiceHost host) => await ReadAsync(host, "pyairtable_ingestion_waiting_rows");

    private static async Task<long> ReadAsync(ServiceHost host, string name)
    {
        var text = (await host.SendAsync("GET", "/internal/metrics")).Body;
        var line = text.Split('\n').Single(line => line.StartsWith(name + "{table=\"events\"}", StringComparison.Ordinal));
        return long.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Url(TestDatabase storage) => storage.Options.SqlitePath is { } path ? "sqlite:///" + path : storage.Options.Url;

    private static (int, string) Short((int Status, string Body, System.Net.Http.Headers.HttpResponseHeaders) answer) => (answer.Status, answer.Body);
}
