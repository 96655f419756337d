using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Data;

public sealed class PostgresStorageTests(PostgresServer server) : StorageConformanceTests(DatabaseEngine.PostgreSql, server);
