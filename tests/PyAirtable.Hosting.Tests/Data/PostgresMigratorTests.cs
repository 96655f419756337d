using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Data;

public sealed class PostgresMigratorTests(PostgresServer server) : MigratorConformanceTests(DatabaseEngine.PostgreSql, server);
