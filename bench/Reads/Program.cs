// What reads of the platform cost as its tables grow, and one account's look-up beside pgbench.
// Usage: Reads <platform executable> [--rows 1000,100000,5000000] [--engine postgresql|sqlite] [--only growth|single]
using PyAirtable.Bench.Goals;
using PyAirtable.Bench.Reads;
using PyAirtable.Testing;

string Option(string name, string fallback) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : fallback;
var executable = Path.GetFullPath(args[0]);
var rows = Option("--rows", "1000,100000,5000000").Split(',').Select(long.Parse).ToList();
var only = Option("--only", "");
await using var postgres = new PostgresServer();
var report = new BenchReport("reads");
if (only is "" or "growth")
{
    foreach (var engine in Option("--engine", "postgresql,sqlite").Split(','))
    {
        await Growth.MeasureAsync(report, executable, engine, postgres, rows);
    }
}

if (only is "" or "single")
{
    await SingleRow.MeasureAsync(report, executable, postgres);
}

return report.Finish();
