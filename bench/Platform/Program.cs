// Benches of the platform service: on its published executable, its password hashes in this program.
// Usage: Platform <bench> [number]. It calls itself as "Platform load …" and "Platform logins …" to make load from a process of its own.
using System.Globalization;
using PyAirtable.Bench.Platform;

switch (args)
{
    case ["load", ..]:
        Console.WriteLine(await new Load(LoadOptions.Parse(args[1..])).RunAsync());
        return 0;
    case ["logins", var port]:
        await StormBench.LogInAsync(int.Parse(port, CultureInfo.InvariantCulture));
        return 0;
    case ["ingestion", ..]:
        return await IngestionBench.RunAsync(Number(10));
    case ["soak", ..]:
        return await SoakBench.RunAsync(Number(10_000_000));
    case ["crash", ..]:
        return await CrashBench.RunAsync(Number(200));
    case ["outage"]:
        return await OutageBench.RunAsync();
    case ["storm"]:
        return await StormBench.RunAsync();
    case ["passwords", ..]:
        return PasswordBench.Run(Number(20));
    default:
        await Console.Error.WriteLineAsync("usage: Platform ingestion [seconds] | soak [events] | crash [kills] | outage | storm | passwords [turns]");
        return 2;
}

int Number(int fallback) => args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : fallback;
