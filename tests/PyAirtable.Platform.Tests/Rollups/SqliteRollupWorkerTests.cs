using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Rollups;

public sealed class SqliteRollupWorkerTests(PostgresServer server) : RollupWorkerTests(DatabaseEngine.Sqlite, server);
