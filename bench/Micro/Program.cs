// Micro-benchmarks of the hot paths. Usage: Micro [--native] [BenchmarkDotNet arguments], such as --filter '*Token*' or --job short;
// or Micro budgets <budgets.json>, which only looks at what they allocate.
using PyAirtable.Bench.Micro;

return args is ["budgets", var file] ? AllocationBudgets.Check(file) : TimedRun.Run(args);
