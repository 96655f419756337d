using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Scheduling;

public sealed class PostgresSchedulerTests(PostgresServer server) : SchedulerTests(DatabaseEngine.PostgreSql, server);
