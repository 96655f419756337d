// Benches of the automation service's workflow engine and of its uploads, on its published executable.
// Usage: Automation workflows [rows] | workflows-crash [kills] | workflows-processes [runs] | workflows-triggers [workflows] | uploads [rounds] | uploads-crash [kills].
// It calls itself as "Automation trigger <port> <workflows> <clients> <rate> <seconds>" to make load from a process of its own.
using System.Globalization;
using PyAirtable.Bench.Automation;

switch (args)
{
    case ["trigger", ..]:
        Console.WriteLine(await TriggerLoad.RunAsync(Number(1, 0), Number(2, 1), Number(3, 1), Number(4, 0), Number(5, 1)));
        return 0;
    case ["workflows", ..]:
        return await ThroughputBench.RunAsync(Number(1, 30_000));
    case ["workflows-crash", ..]:
        return await CrashBench.RunAsync(Number(1, 300));
    case ["workflows-processes", ..]:
        return await ProcessesBench.RunAsync(Number(1, 4000));
    case ["workflows-triggers", ..]:
        return await TriggersBench.RunAsync(Number(1, 10_000));
    case ["uploads", ..]:
        return await UploadsBench.RunAsync(Number(1, 7));
    case ["uploads-crash", ..]:
        return await UploadsCrashBench.RunAsync(Number(1, 100));
    default:
        await Console.Error.WriteLineAsync("usage: Automation workflows [rows] | workflows-crash [kills] | workflows-processes [runs] | workflows-triggers [workflows] | uploads [rounds] | uploads-crash [kills]");
        return 2;
}

int Number(int place, int fallback) => args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : fallback;
