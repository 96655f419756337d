using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Storage;

public sealed class PostgresOwnerStoreTests(PostgresServer server) : OwnerStoreTests(DatabaseEngine.PostgreSql, server);
