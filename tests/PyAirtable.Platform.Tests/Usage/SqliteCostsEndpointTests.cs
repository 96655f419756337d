using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Usage;

public sealed class SqliteCostsEndpointTests(PostgresServer server) : CostsEndpointTests(DatabaseEngine.Sqlite, server);
