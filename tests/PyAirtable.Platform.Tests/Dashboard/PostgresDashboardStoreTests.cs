using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Dashboard;

public sealed class PostgresDashboardStoreTests(PostgresServer server) : DashboardStoreTests(DatabaseEngine.PostgreSql, server);
