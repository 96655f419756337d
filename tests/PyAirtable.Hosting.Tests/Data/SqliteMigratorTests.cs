using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Data;

public sealed class SqliteMigratorTests(PostgresServer server) : MigratorConformanceTests(DatabaseEngine.Sqlite, server);
