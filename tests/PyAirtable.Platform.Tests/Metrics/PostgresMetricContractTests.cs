namespace PyAirtable.Platform.Tests.Metrics;

public sealed class PostgresMetricContractTests(PostgresPlatform platform) : MetricContractTests(platform), IClassFixture<PostgresPlatform>;
