using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Data;

public sealed class PostgresDatabaseTests(PostgresServer server) : DatabaseConformanceTests(DatabaseEngine.PostgreSql, server);
