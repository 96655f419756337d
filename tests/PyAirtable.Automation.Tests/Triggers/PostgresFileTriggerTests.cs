using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Triggers;

public sealed class PostgresFileTriggerTests(PostgresServer server) : FileTriggerTests(DatabaseEngine.PostgreSql, server);
