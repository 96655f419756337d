using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Workflows;

public sealed class SqliteEngineTests(PostgresServer server) : ExecutionEngineTests(DatabaseEngine.Sqlite, server);
