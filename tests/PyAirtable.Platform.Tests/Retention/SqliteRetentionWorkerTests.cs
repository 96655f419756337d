using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Retention;

public sealed class SqliteRetentionWorkerTests(PostgresServer server) : RetentionWorkerTests(DatabaseEngine.Sqlite, server);
