using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Storage;

public sealed class SqliteStoreTests(PostgresServer server) : StoreConformanceTests(DatabaseEngine.Sqlite, server);
