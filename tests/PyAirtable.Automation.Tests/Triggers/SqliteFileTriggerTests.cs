using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Triggers;

public sealed class SqliteFileTriggerTests(PostgresServer server) : FileTriggerTests(DatabaseEngine.Sqlite, server);
