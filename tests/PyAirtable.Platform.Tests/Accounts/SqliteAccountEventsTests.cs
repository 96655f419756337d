using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Accounts;

public sealed class SqliteAccountEventsTests(PostgresServer server) : AccountEventsTests(DatabaseEngine.Sqlite, server);
