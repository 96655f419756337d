using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Storage;

/// <summary>Analytics that the Python service stored before this one came (platform contract 3.3 to 3.5, 3.7).</summary>
public sealed class PythonAnalyticsTests(PostgresServer server) : IAsyncLifetime
{
    // As SQLAlchemy writes them.
    private static readonly string[] Statements =
    [
        """
        CREATE TABLE platform_analytics_events (id SERIAL NOT NULL, user_id INTEGER, event_type VARCHAR(100) NOT NULL, event_data JSON NOT NULL,
            timestamp TIMESTAMP WITHOUT TIME ZONE NOT NULL, session_id VARCHAR(255), ip_address VARCHAR(45), user_agent TEXT, PRIMARY KEY (id))
        """,
        """
        CREATE TABLE platform_analytics_metrics (id SERIAL NOT NULL, metric_name VARCHAR(100) NOT NULL, metric_value FLOAT NOT NULL, metric_type VARCHAR(50) NOT NULL,
            user_id INTEGER, service_name VARCHAR(100), endpoint VARCHAR(255), labels JSON NOT NULL, timestamp TIMESTAMP WITHOUT TIME ZONE NOT NULL, PRIMARY KEY (id))
        """,
        """
        CREATE TABLE platform_analytics_usage (id SERIAL NOT NULL, user_id INTEGER NOT NULL, api_calls_count INTEGER NOT NULL, tokens_used INTEGER NOT NULL,
            cost_usd FLOAT NOT NULL, date TIMESTAMP WITHOUT TIME ZONE NOT NULL, period_type VARCHAR(20) NOT NULL,
            created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL, updated_at TIMESTAMP WITHOUT TIME ZONE NOT NULL, PRIMARY KEY (id))
        """,
        """INSERT INTO platform_analytics_events (user_id, event_type, event_data, timestamp, ip_address) VALUES (7, 'user_login', '{"source": "caf\u00e9"}', '2025-01-15 09:31:02.000417', 'unknown')""",
        """INSERT INTO platform_analytics_metrics (metric_name, metric_value, metric_type, labels, timestamp) VALUES ('api_calls', 'NaN', 'counter', '{"a": 1}', '2025-01-15 09:31:00'), ('api_calls', 2, 'gauge', '{}', '2025-01-15 09:31:01')""",
        """INSERT INTO platform_analytics_usage (user_id, api_calls_count, tokens_used, cost_usd, date, period_type, created_at, updated_at) VALUES (7, 12, 3400, 0.068, '2025-01-15', 'daily', '2025-01-15', '2025-01-15')""",
    ];

    private TestDatabase _storage = null!;
    private ServiceHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _storage = await TestDatabase.CreateAsync(DatabaseEngine.PostgreSql, server);
        foreach (var statement in Statements)
        {
            await _storage.ExecuteAsync(statement);
        }

        _host = await PlatformHost.StartAsync(_storage.Options.Url, clock: new ManualTime());
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Theory]
    [InlineData("/analytics/metrics", """{"metrics":[{"id":2,"metric_name":"api_calls","metric_value":2,"metric_type":"gauge","user_id":null,"service_name":null,"endpoint":null,"labels":{},"timestamp":"2025-01-15T09:31:01"},{"id":1,"metric_name":"api_calls","metric_value":null,"metric_type":"counter","user_id":null,"service_name":null,"endpoint":null,"labels":{"a":1},"timestamp":"2025-01-15T09:31:00"}],"count":2}""")]
    [InlineData("/analytics/usage/7", """[{"user_id":7,"api_calls_count":12,"tokens_used":3400,"cost_usd":0.068,"date":"2025-01-15T00:00:00","period_type":"daily"}]""")]
    [InlineData("/analytics/dashboard", """{"total_events":1,"active_users":1,"total_api_calls":2,"total_cost":0.068,"top_endpoints":[],"recent_events":[{"id":1,"event_type":"user_login","event_data":{"source":"café"},"user_id":7,"session_id":null,"timestamp":"2025-01-15T09:31:02.000417"}]}""")]
    public async Task Get_RowsOfPython_AreAnswered(string path, string expected)
    {
        var (status, body, _) = await _host.SendAsync("GET", path);

        Assert.Equal((200, expected), (status, body));
    }
}
