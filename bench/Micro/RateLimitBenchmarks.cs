using BenchmarkDotNet.Attributes;
using PyAirtable.Hosting.RateLimiting;

namespace PyAirtable.Bench.Micro;

/// <summary>The in-process token bucket.</summary>
[MemoryDiagnoser]
public class RateLimitBenchmarks
{
    private readonly LocalRateLimiter _limiter = new(new RateLimitOptions(60_000_000, 1_000_000), TimeProvider.System);

    [Benchmark]
    public ValueTask<RateLimitDecision> KnownKey() => _limiter.TakeAsync("client-1", CancellationToken.None);
}
