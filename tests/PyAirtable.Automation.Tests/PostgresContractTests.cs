using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests;

public sealed class PostgresContractTests(PostgresServer server) : ContractTests(DatabaseEngine.PostgreSql, server);
