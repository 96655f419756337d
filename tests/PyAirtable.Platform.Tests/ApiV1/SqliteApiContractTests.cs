namespace PyAirtable.Platform.Tests.ApiV1;

public sealed class SqliteApiContractTests(SqlitePlatform platform) : ApiContractTests(platform), IClassFixture<SqlitePlatform>;
