using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Workflows;

public sealed class PostgresEngineTests(PostgresServer server) : ExecutionEngineTests(DatabaseEngine.PostgreSql, server);
