using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Storage;

public sealed class SqliteOwnerStoreTests(PostgresServer server) : OwnerStoreTests(DatabaseEngine.Sqlite, server);
