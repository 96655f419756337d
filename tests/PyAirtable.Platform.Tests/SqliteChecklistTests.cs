using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests;

public sealed class SqliteChecklistTests(PostgresServer server) : ChecklistTests(DatabaseEngine.Sqlite, server);
