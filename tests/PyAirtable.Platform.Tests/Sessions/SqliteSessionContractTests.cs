using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Sessions;

public sealed class SqliteSessionContractTests(PostgresServer server) : SessionContractTests(DatabaseEngine.Sqlite, server);
