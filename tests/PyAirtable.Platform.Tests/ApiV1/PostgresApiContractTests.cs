namespace PyAirtable.Platform.Tests.ApiV1;

public sealed class PostgresApiContractTests(PostgresPlatform platform) : ApiContractTests(platform), IClassFixture<PostgresPlatform>;
