// Micro-benchmarks of the hot paths. Usage: Micro [BenchmarkDotNet arguments], such as --filter '*Token*' or --job short.
using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(PyAirtable.Bench.Micro.ApiKeyBenchmarks).Assembly).Run(args);
