using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Storage;

public sealed class PostgresUserStoreTests(PostgresServer server) : UserStoreTests(DatabaseEngine.PostgreSql, server);
