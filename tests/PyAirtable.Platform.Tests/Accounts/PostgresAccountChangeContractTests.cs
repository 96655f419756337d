using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Accounts;

public sealed class PostgresAccountChangeContractTests(PostgresServer server) : AccountChangeContractTests(DatabaseEngine.PostgreSql, server);
