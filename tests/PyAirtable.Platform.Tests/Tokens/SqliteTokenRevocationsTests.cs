using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Tokens;

public sealed class SqliteTokenRevocationsTests(PostgresServer server) : TokenRevocationsTests(DatabaseEngine.Sqlite, server);
