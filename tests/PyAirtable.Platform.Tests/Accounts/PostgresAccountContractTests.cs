namespace PyAirtable.Platform.Tests.Accounts;

public sealed class PostgresAccountContractTests(PostgresPlatform platform) : AccountContractTests(platform), IClassFixture<PostgresPlatform>;
