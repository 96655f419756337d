using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests;

public sealed class SqliteHostileRequestTests(PostgresServer server) : HostileRequestTests(DatabaseEngine.Sqlite, server);
