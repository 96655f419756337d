using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests;

public sealed class SqlitePlatform(PostgresServer server) : PlatformFixture(DatabaseEngine.Sqlite, server);
