using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Metrics;

public sealed class SqliteMetricListEndpointTests(PostgresServer server) : MetricListEndpointTests(DatabaseEngine.Sqlite, server);
