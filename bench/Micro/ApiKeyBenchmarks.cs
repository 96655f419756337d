using BenchmarkDotNet.Attributes;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Bench.Micro;

/// <summary>The key check that every request through the gateway pays.</summary>
[MemoryDiagnoser]
public class ApiKeyBenchmarks
{
    private const string Key = "55edcbebafee9dc65502812091f741ed8e3221b96ed8d43b7bcfa669d196ae6b";

    private readonly ApiKeys _keys = new(Key);

    [Benchmark]
    public ApiKeyCheck Right() => _keys.Check(Key);

    [Benchmark]
    public ApiKeyCheck Wrong() => _keys.Check("55edcbebafee9dc65502812091f741ed8e3221b96ed8d43b7bcfa669d196ae6c");
}
