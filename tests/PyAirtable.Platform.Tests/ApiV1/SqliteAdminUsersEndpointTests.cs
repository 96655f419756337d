using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.ApiV1;

public sealed class SqliteAdminUsersEndpointTests(PostgresServer server) : AdminUsersEndpointTests(DatabaseEngine.Sqlite, server);
