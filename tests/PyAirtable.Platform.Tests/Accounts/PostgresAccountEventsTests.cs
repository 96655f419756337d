using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Accounts;

public sealed class PostgresAccountEventsTests(PostgresServer server) : AccountEventsTests(DatabaseEngine.PostgreSql, server);
