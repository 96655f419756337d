// Size, start and memory of every published executable beside others. Usage: Footprint footprint [rounds] | sizes <project> …
using System.Globalization;
using PyAirtable.Bench.Footprint;

switch (args)
{
    case ["footprint", ..]:
        return await FootprintBench.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 30);
    case ["sizes", .. var projects] when projects.Length > 0:
        return SizesBench.Run(projects);
    default:
        await Console.Error.WriteLineAsync("usage: Footprint footprint [rounds] | sizes <project> …");
        return 2;
}
