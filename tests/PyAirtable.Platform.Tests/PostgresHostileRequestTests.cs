using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests;

public sealed class PostgresHostileRequestTests(PostgresServer server) : HostileRequestTests(DatabaseEngine.PostgreSql, server);
