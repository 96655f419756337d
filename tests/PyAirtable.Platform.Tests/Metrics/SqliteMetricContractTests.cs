namespace PyAirtable.Platform.Tests.Metrics;

public sealed class SqliteMetricContractTests(SqlitePlatform platform) : MetricContractTests(platform), IClassFixture<SqlitePlatform>;
