using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests;

public sealed class SqliteContractTests(PostgresServer server) : ContractTests(DatabaseEngine.Sqlite, server);
