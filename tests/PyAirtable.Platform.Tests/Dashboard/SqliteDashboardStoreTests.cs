using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Dashboard;

public sealed class SqliteDashboardStoreTests(PostgresServer server) : DashboardStoreTests(DatabaseEngine.Sqlite, server);
