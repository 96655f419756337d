using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Tokens;

public sealed class PostgresAuthenticatorTests(PostgresServer server) : AuthenticatorTests(DatabaseEngine.PostgreSql, server);
