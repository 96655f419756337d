namespace PyAirtable.Platform.Tests.Events;

public sealed class PostgresEventContractTests(PostgresPlatform platform) : EventContractTests(platform), IClassFixture<PostgresPlatform>;
