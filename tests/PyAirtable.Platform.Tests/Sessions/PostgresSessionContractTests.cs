using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Sessions;

public sealed class PostgresSessionContractTests(PostgresServer server) : SessionContractTests(DatabaseEngine.PostgreSql, server);
