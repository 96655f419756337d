using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Tokens;

public sealed class PostgresTokenRevocationsTests(PostgresServer server) : TokenRevocationsTests(DatabaseEngine.PostgreSql, server);
