using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Dashboard;

public sealed class SqliteDashboardEndpointTests(PostgresServer server) : DashboardEndpointTests(DatabaseEngine.Sqlite, server);
