using PyAirtable.Hosting.Data.Copying;
using PyAirtable.Hosting.Lifetime;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Hosting.CommandLine;

/// <summary>The verb that moves an instance from SQLite to PostgreSQL.</summary>
internal sealed partial class VerbRunner
{
    private const string DatabaseUrl = "DATABASE_URL";

    private async Task<int> CopyMisusedAsync()
    {
        await Errors.WriteLineAsync($"{_executable.Name}: migrate --from takes a SQLite URL, and --to a PostgreSQL URL unless {DatabaseUrl} is one: migrate --from {CopyArguments.Example}");
        return Misused;
    }

    private async Task<int> CopyAsync(CopyArguments arguments, Func<CopyRequest, CancellationToken, Task> copy)
    {
        IReadOnlyList<SettingLayer> layers = arguments.To is { } to
            ? [SettingLayer.Of("--to", new Dictionary<string, string> { [DatabaseUrl] = to }), .. Layers()]
            : Layers();
        if (await LoadAsync(layers) is not { } settings)
        {
            return Misused;
        }

        using var signals = new StopSignals();
        using var stop = new CancellationTokenSource();
        _ = signals.First.ContinueWith(_ => stop.Cancel(), TaskScheduler.Default);
        try
        {
            await using var process = Begin(settings.Process, Stream.Null);
            var target = settings.Reader.Entries.First(entry => entry.Name == DatabaseUrl).Value;
            await copy(new CopyRequest(arguments.From, target, settings.Process.DataDirectory, cancel => MigrateAsync(settings, process, cancel), Output, process.Log, process.Clock), stop.Token);
            await Output.WriteLineAsync($"copied; to use it, stop what runs on the file, run this once more, and start with {DatabaseUrl} set");
            return 0;
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            await Errors.WriteLineAsync($"{_executable.Name}: stopped; the same command goes on from here");
            return Failed;
        }
        catch (Exception e)
        {
            await Errors.WriteLineAsync($"{_executable.Name}: {UrlMask.Apply(e.Message)}");
            return e is CopyMisuseException ? Misused : Failed;
        }
    }
}
