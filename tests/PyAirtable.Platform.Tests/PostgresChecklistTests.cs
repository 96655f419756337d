using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests;

public sealed class PostgresChecklistTests(PostgresServer server) : ChecklistTests(DatabaseEngine.PostgreSql, server);
