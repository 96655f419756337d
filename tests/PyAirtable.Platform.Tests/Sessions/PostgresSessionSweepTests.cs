using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Sessions;

public sealed class PostgresSessionSweepTests(PostgresServer server) : SessionSweepTests(DatabaseEngine.PostgreSql, server);
