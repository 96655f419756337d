using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Sessions;

public sealed class SqliteSessionSweepTests(PostgresServer server) : SessionSweepTests(DatabaseEngine.Sqlite, server);
