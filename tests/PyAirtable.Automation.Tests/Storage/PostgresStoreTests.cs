using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Storage;

public sealed class PostgresStoreTests(PostgresServer server) : StoreConformanceTests(DatabaseEngine.PostgreSql, server);
