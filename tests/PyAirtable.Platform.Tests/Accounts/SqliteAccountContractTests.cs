namespace PyAirtable.Platform.Tests.Accounts;

public sealed class SqliteAccountContractTests(SqlitePlatform platform) : AccountContractTests(platform), IClassFixture<SqlitePlatform>;
