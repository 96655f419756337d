using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Scheduling;

public sealed class SqliteSchedulerTests(PostgresServer server) : SchedulerTests(DatabaseEngine.Sqlite, server);
