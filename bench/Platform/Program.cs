// Benches of the platform service: events on its published executable, its password hashes in this program.
// Usage: Platform ingestion [seconds] | passwords [turns]. The bench calls itself as "Platform load …" to make load from a process of its own.
using System.Globalization;
using PyAirtable.Bench.Platform;

switch (args)
{
    case ["load", ..]:
        Console.WriteLine(await new Load(LoadOptions.Parse(args[1..])).RunAsync());
        return 0;
    case ["ingestion", ..]:
        return await IngestionBench.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10);
    case ["passwords", ..]:
        return PasswordBench.Run(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20);
    default:
        await Console.Error.WriteLineAsync("usage: Platform ingestion [seconds] | passwords [turns]");
        return 2;
}
