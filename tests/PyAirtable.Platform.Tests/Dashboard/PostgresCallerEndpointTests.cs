using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Dashboard;

public sealed class PostgresCallerEndpointTests(PostgresServer server) : CallerEndpointTests(DatabaseEngine.PostgreSql, server);
