using PyAirtable.Hosting.Data;
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
        await _errors.WriteLineAsync($"{_executable.Name}: migrate --from takes a SQLite URL, and --to a PostgreSQL URL unless {DatabaseUrl} is one: migrate --from {CopyArguments.Example}");
        return Misused;
    }

    private async Task<int> CopyAsync(CopyArguments arguments)
    {
        IReadOnlyList<SettingLayer> layers = arguments.To is { } to
            ? [SettingLayer.Of("--to", new Dictionary<string, string> { [DatabaseUrl] = to }), .. Layers()]
            : Layers();
        if (await LoadAsync(layers) is not { } settings)
        {
            return Misused;
        }

        var url = settings.Reader.Entries.FirstOrDefault(entry => entry.Name == DatabaseUrl)?.Value ?? "";
        if (!DatabaseOptions.TryParse(arguments.From, settings.Process.DataDirectory, out var from, out _) || from!.Engine != DatabaseEngine.Sqlite
            || !DatabaseOptions.TryParse(url, settings.Process.DataDirectory, out var into, out _) || into!.Engine != DatabaseEngine.PostgreSql)
        {
            return await CopyMisusedAsync();
        }

        if (!File.Exists(from.SqlitePath))
        {
            await _errors.WriteLineAsync($"{_executable.Name}: there is no file {from.SqlitePath}");
            return Misused;
        }

        using var signals = new StopSignals();
        using var stop = new CancellationTokenSource();
        _ = signals.First.ContinueWith(_ => stop.Cancel(), TaskScheduler.Default);
        try
        {
            _executable.Prepare(settings.Process);
            await using var process = Begin(settings.Process, Stream.Null);
            foreach (var module in settings.BuildModules(process))
            {
                await module.MigrateAsync(_output, stop.Token);
            }

            await using var source = Database.Create(from, process.Log, process.Clock);
            await using var target = Database.Create(into, process.Log, process.Clock);
            await new DatabaseCopy(source, target, _output, process.Clock).RunAsync(stop.Token);
            await _output.WriteLineAsync($"copied; to use it, stop what runs on the file, run this once more, and start with {DatabaseUrl} set");
            return 0;
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            await _errors.WriteLineAsync($"{_executable.Name}: stopped; the same command goes on from here");
            return Failed;
        }
        catch (Exception e)
        {
            await _errors.WriteLineAsync($"{_executable.Name}: {UrlMask.Apply(e.Message)}");
            return Failed;
        }
    }
}
