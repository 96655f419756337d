using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.ApiV1;

public sealed class PostgresAdminUsersEndpointTests(PostgresServer server) : AdminUsersEndpointTests(DatabaseEngine.PostgreSql, server);
