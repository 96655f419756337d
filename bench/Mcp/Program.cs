// The published MCP server beside a Python one with the same routes and tools, both on one stand-in of the Airtable gateway.
// Usage: Mcp [rounds [seconds [call]]], where a call stands for all whose names begin with it, and is all that is measured.
using System.Globalization;
using PyAirtable.Bench.Goals;
using PyAirtable.Bench.Mcp;

int Number(int place, int fallback) => args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : fallback;
var (rounds, seconds) = (Number(0, 5), Number(1, 4));
await using var rig = await Rig.StartAsync();
var report = new BenchReport("mcp");
var call = args.Length > 2 ? args[2] : "";
if (call.Length == 0)
{
    await Starts.RunAsync(report, rig, rounds);
    await IdleSessions.RunAsync(report, rig);
}

await Calls.RunAsync(report, rig, rounds, seconds, call);
return report.Finish();
