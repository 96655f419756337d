// Benches of the gateway within this program, as its tests start it. Usage: Gateway smuggling | allocations
using PyAirtable.Bench.Gateway;

switch (args)
{
    case ["smuggling"]:
        return await SmugglingBench.RunAsync();
    case ["allocations"]:
        return await AllocationsBench.RunAsync();
    default:
        await Console.Error.WriteLineAsync("usage: Gateway smuggling | allocations");
        return 2;
}
