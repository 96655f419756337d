using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests;

public sealed class PostgresPlatform(PostgresServer server) : PlatformFixture(DatabaseEngine.PostgreSql, server);
