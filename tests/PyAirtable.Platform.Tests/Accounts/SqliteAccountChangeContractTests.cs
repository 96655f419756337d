using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Accounts;

public sealed class SqliteAccountChangeContractTests(PostgresServer server) : AccountChangeContractTests(DatabaseEngine.Sqlite, server);
