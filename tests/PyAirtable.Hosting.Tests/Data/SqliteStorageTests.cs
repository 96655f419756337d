using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Data;

public sealed class SqliteStorageTests(PostgresServer server) : StorageConformanceTests(DatabaseEngine.Sqlite, server);
