using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Logging;

namespace PyAirtable.Bench.Micro;

/// <summary>What the log costs a request: the line is made there and written by another thread.</summary>
[MemoryDiagnoser]
public class LoggingBenchmarks : IDisposable
{
    private readonly LogSink _sink = new(new LogOptions(LogLevel.Information, LogFormat.Json), Stream.Null, TimeProvider.System);

    [Benchmark]
    public void AccessLine() => _sink.WriteAccess(new AccessLine(
        "gateway", "GET", "/api/platform/{*path}", 200, TimeSpan.FromMilliseconds(1.2), 250, "0b9c3f0e-5c0e-4a53-9a0f-0d3f3c2f1a11", "platform"));

    public void Dispose()
    {
        _sink.Dispose();
        GC.SuppressFinalize(this);
    }
}
