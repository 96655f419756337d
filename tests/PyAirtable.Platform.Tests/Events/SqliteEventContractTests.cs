namespace PyAirtable.Platform.Tests.Events;

public sealed class SqliteEventContractTests(SqlitePlatform platform) : EventContractTests(platform), IClassFixture<SqlitePlatform>;
