using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Dashboard;

public sealed class SqliteCallerEndpointTests(PostgresServer server) : CallerEndpointTests(DatabaseEngine.Sqlite, server);
