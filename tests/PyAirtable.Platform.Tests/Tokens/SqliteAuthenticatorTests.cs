using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Tokens;

public sealed class SqliteAuthenticatorTests(PostgresServer server) : AuthenticatorTests(DatabaseEngine.Sqlite, server);
