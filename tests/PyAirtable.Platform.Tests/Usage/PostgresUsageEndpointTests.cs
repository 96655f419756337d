using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Usage;

public sealed class PostgresUsageEndpointTests(PostgresServer server) : UsageEndpointTests(DatabaseEngine.PostgreSql, server);
