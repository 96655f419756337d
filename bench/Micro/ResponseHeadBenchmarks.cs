using BenchmarkDotNet.Attributes;
using PyAirtable.Gateway.Http1;

namespace PyAirtable.Bench.Micro;

/// <summary>Reading the head of an upstream's answer: as the one before on its connection, and with another date.</summary>
[MemoryDiagnoser]
public class ResponseHeadBenchmarks
{
    private readonly ResponseHead _same = new();
    private readonly ResponseHead _changing = new();
    private bool _turn;

    [Benchmark]
    public int Same() => _same.Read(Heads.Answer);

    [Benchmark]
    public int Changed() => _changing.Read((_turn = !_turn) ? Heads.Answer : Heads.NextAnswer);
}
