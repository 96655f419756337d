using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Usage;

public sealed class SqliteUsageEndpointTests(PostgresServer server) : UsageEndpointTests(DatabaseEngine.Sqlite, server);
