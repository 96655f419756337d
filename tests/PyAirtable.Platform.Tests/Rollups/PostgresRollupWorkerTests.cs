using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Rollups;

public sealed class PostgresRollupWorkerTests(PostgresServer server) : RollupWorkerTests(DatabaseEngine.PostgreSql, server);
