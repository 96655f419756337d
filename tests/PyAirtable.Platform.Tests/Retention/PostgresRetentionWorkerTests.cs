using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Retention;

public sealed class PostgresRetentionWorkerTests(PostgresServer server) : RetentionWorkerTests(DatabaseEngine.PostgreSql, server);
