using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Storage;

public sealed class SqliteUserStoreTests(PostgresServer server) : UserStoreTests(DatabaseEngine.Sqlite, server);
