using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Usage;

public sealed class PostgresCostsEndpointTests(PostgresServer server) : CostsEndpointTests(DatabaseEngine.PostgreSql, server);
