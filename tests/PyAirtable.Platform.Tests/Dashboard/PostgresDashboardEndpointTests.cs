using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Dashboard;

public sealed class PostgresDashboardEndpointTests(PostgresServer server) : DashboardEndpointTests(DatabaseEngine.PostgreSql, server);
