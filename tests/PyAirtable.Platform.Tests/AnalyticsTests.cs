using System.Globalization;
using System.Net.Http.Headers;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests;

/// <summary>The service on a database of its own for each test, at 2025-01-15 09:31:02, with rows written as other programs write them.</summary>
public abstract class AnalyticsTests(DatabaseEngine engine, PostgresServer server) : IAsyncLifetime
{
    protected static readonly DateTime Now = new(2025, 1, 15, 9, 31, 2);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected DatabaseEngine Engine => engine;

    protected TestDatabase Storage { get; private set; } = null!;

    protected ServiceHost Host { get; private set; } = null!;

    /// <summary>Settings of the service beside those of all tests.</summary>
    protected virtual Dictionary<string, string> Settings => [];

    public virtual async ValueTask InitializeAsync()
    {
        Storage = await TestDatabase.CreateAsync(engine, server);
        var url = engine == DatabaseEngine.Sqlite ? "sqlite:///" + Storage.Options.SqlitePath : Storage.Options.Url;
        Host = await PlatformHost.StartAsync(url, Settings, new ManualTime());
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<(int Status, string Body)> GetAsync(string path, string headers = "")
    {
        var (status, body, _) = await Host.SendAsync("GET", path, headers: headers);
        return (status, body);
    }

    protected async Task<HttpResponseHeaders> HeadersAsync(string path) => (await Host.SendAsync("GET", path)).Headers;

    protected Task AddEventAsync(DateTime time, string type = "page_view", int? user = null, string data = "{}", string? session = null) => Storage.ExecuteAsync(
        $"INSERT INTO platform_analytics_events (user_id, event_type, event_data, timestamp, session_id) VALUES ({Sql(user)}, '{type}', '{data}', '{Sql(time)}', {Sql(session)})");

    protected Task AddMetricAsync(DateTime time, string name = "api_calls", string value = "1", int? user = null, string? service = null, string? endpoint = null, string labels = "{}") => Storage.ExecuteAsync(
        $"""
        INSERT INTO platform_analytics_metrics (metric_name, metric_value, metric_type, user_id, service_name, endpoint, labels, timestamp)
        VALUES ('{name}', {value}, 'counter', {Sql(user)}, {Sql(service)}, {Sql(endpoint)}, '{labels}', '{Sql(time)}')
        """);

    protected Task AddUsageAsync(DateTime date, int user = 7, int calls = 0, int tokens = 0, string cost = "0", string period = "daily") => Storage.ExecuteAsync(
        $"""
        INSERT INTO platform_analytics_usage (user_id, api_calls_count, tokens_used, cost_usd, date, period_type, created_at, updated_at)
        VALUES ({user}, {calls}, {tokens}, {cost}, '{Sql(date)}', '{period}', '2025-01-15 00:00:00.000000', '2025-01-15 00:00:00.000000')
        """);

    private static string Sql(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private static string Sql(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "NULL";

    private static string Sql(string? text) => text is null ? "NULL" : $"'{text}'";
}
