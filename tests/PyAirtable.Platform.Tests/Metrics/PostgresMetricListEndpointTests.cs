using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Metrics;

public sealed class PostgresMetricListEndpointTests(PostgresServer server) : MetricListEndpointTests(DatabaseEngine.PostgreSql, server);
