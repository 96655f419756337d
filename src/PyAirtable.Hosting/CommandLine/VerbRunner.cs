using PyAirtable.Hosting.Lifetime;
using PyAirtable.Hosting.Logging;
using PyAirtable.Hosting.Reloading;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Settings;
using PyAirtable.Hosting.Tracing;

namespace PyAirtable.Hosting.CommandLine;

/// <summary>Finds the verb of a command line and runs it.</summary>
internal sealed partial class VerbRunner
{
    private const int Failed = 1;
    private const int Misused = 2;

    private readonly Executable _executable;
    private readonly IReadOnlyList<Verb> _verbs;

    public VerbRunner(Executable executable)
    {
        _executable = executable;
        _verbs =
        [
            new("serve", "start and answer requests until stopped (the default)", "serve", ServeAsync),
            new("healthcheck", "ask the running process whether it is alive; exit code 0 or 1", "healthcheck", HealthCheckAsync),
            new("config check", "read all settings and report every mistake", "config check", ConfigCheckAsync),
            new("config show", "list all settings with value and origin, secrets masked", "config show", ConfigShowAsync),
            new("config reference", "print every setting with its default and meaning, as Markdown", "config reference > settings.md", ConfigReferenceAsync),
            new("migrate", "bring the database up to date and end", "migrate", MigrateAsync),
            new("migrate --plan", "print the SQL that migrate would run, without running it", "migrate --plan", PlanMigrationsAsync),
            new("migrate --check", "compare the database with what this version expects; exit code 0 or 1", "migrate --check", CheckMigrationsAsync),
            .. executable.CopyDatabase is null
                ? (Verb[])[]
                : [new("migrate --from", "copy a SQLite database, in use or not, into an empty PostgreSQL one; goes on where it was cut off", $"migrate --from {CopyArguments.Example}", CopyMisusedAsync)],
            .. executable.Commands.Select(command => new Verb(command.Name, command.Summary, command.Example, () => RunCommandAsync(command, []))),
            new("openapi", "print the OpenAPI document", "openapi > openapi.json", OpenApiAsync),
            new("--version", "print version and commit", "--version", VersionAsync),
            new("--help", "print this text", "--help", HelpAsync),
        ];
    }

    // Asked for when there is something to say: a service that starts well makes neither.
    private static TextWriter Output => Console.Out;

    private static TextWriter Errors => Console.Error;

    public Task<int> RunAsync(string[] args)
    {
        if (_executable.CopyDatabase is { } copy && CopyArguments.Parse(args) is { } arguments)
        {
            return CopyAsync(arguments, copy);
        }
        if (args.Length > 1 && _executable.Commands.FirstOrDefault(command => command.Name == args[0]) is { } own)
        {
            return RunCommandAsync(own, args[1..]);
        }
        var line = args.Length == 0 ? "serve" : string.Join(' ', args) switch
        {
            "-h" or "help" => "--help",
            "-V" or "version" => "--version",
            var text => text,
        };
        var verb = _verbs.FirstOrDefault(known => known.Name == line);
        return verb is null ? RefuseAsync(line) : verb.RunAsync();
    }

    private async Task<int> RefuseAsync(string line)
    {
        var known = _verbs.FirstOrDefault(verb => line.StartsWith(verb.Name + " ", StringComparison.Ordinal));
        var fault = known is not null
            ? $"{known.Name} takes no {(line[(known.Name.Length + 1)..].StartsWith('-') ? "option" : "argument")} \"{line[(known.Name.Length + 1)..]}\""
            : $"unknown {(line.StartsWith('-') ? "option" : "verb")} \"{line}\"";
        var nearest = known is null ? Nearest.Find(line, _verbs.Select(verb => verb.Name)) : null;
        await Errors.WriteLineAsync($"{_executable.Name}: {fault}; {(nearest is null ? "see --help" : $"did you mean \"{nearest}\"?")}");
        return Misused;
    }

    private async Task<int> ServeAsync()
    {
        if (await LoadAsync() is not { } settings)
        {
            return Misused;
        }
        using var signals = new StopSignals();
        try
        {
            _executable.Prepare(settings.Process);
            await using var process = Begin(settings.Process, Console.OpenStandardOutput());
            using var tracing = settings.Process.Tracing is { } options ? TraceExporter.Start(options) : null;
            var modules = settings.BuildModules(process);
            var reload = new SettingsReload(settings.Reader, modules, ReadAgain, process.Log.CreateLogger("settings"));
            using var hangUp = new HangUpSignal(reload.Request);
            var watch = new SettingsWatch(reload, process.Clock);
            var watching = Task.CompletedTask;
            await new ServiceProcess(process, modules, Announce).RunAsync(signals.First);
            await watching;
            return 0;

            void Announce(IReadOnlyDictionary<string, string> urls)
            {
                _executable.Announce(settings.Process, urls);
                watching = watch.RunAsync(process.Stop.Stopping);
            }
        }
        catch (Exception e)
        {
            await Errors.WriteLineAsync($"{_executable.Name}: {UrlMask.Apply(e.Message)}");
            return Failed;
        }
    }

    private async Task<int> HealthCheckAsync()
    {
        var reader = new SettingsReader(Layers());
        var process = ProcessSettings.Read(reader, _executable.ManagementPort);
        var fault = await HealthProbe.AskAsync(process.Management);
        if (fault is not null)
        {
            await Errors.WriteLineAsync($"{_executable.Name}: {fault}");
        }
        return fault is null ? 0 : Failed;
    }

    private async Task<int> ConfigCheckAsync()
    {
        if (await LoadAsync() is not { } settings)
        {
            return Misused;
        }
        await Output.WriteLineAsync($"settings are good: {settings.Reader.Entries.Count} read, {settings.Reader.Entries.Count(entry => entry.Origin != "default")} set");
        return 0;
    }

    private async Task<int> ConfigShowAsync()
    {
        var settings = _executable.Load(Layers());
        await SettingsListing.WriteAsync(Output, settings.Reader.Entries);
        return await ReportAsync(settings) ? 0 : Misused;
    }

    private async Task<int> ConfigReferenceAsync()
    {
        var settings = _executable.Load([]);
        await SettingsReference.WriteAsync(Output, _executable.Name, settings.Reader.Entries);
        return 0;
    }

    private async Task<int> MigrateAsync()
    {
        if (await LoadAsync() is not { } settings)
        {
            return Misused;
        }
        try
        {
            await using var process = Begin(settings.Process, Stream.Null);
            var applied = await MigrateAsync(settings, process, CancellationToken.None);
            await Output.WriteLineAsync(applied == 0 ? "the database is up to date" : $"{applied} migrations applied");
            return 0;
        }
        catch (Exception e)
        {
            await Errors.WriteLineAsync($"{_executable.Name}: {UrlMask.Apply(e.Message)}");
            return Failed;
        }
    }

    /// <summary>Brings the database of the settings up to date; how many migrations that took.</summary>
    private async Task<int> MigrateAsync(LoadedSettings settings, ProcessContext process, CancellationToken cancel)
    {
        _executable.Prepare(settings.Process);
        var applied = 0;
        foreach (var module in settings.BuildModules(process))
        {
            applied += await module.MigrateAsync(Output, cancel);
        }
        return applied;
    }

    private async Task<int> OpenApiAsync()
    {
        if (await LoadAsync() is not { } settings)
        {
            return Misused;
        }
        await using var process = Begin(settings.Process, Stream.Null);
        // The first module is the one in front, whose document describes the others too.
        await using var document = settings.BuildModules(process)[0].OpenOpenApi();
        await document.CopyToAsync(Console.OpenStandardOutput());
        return 0;
    }

    private async Task<int> VersionAsync()
    {
        var parts = Executable.Version.Split('+');
        await Output.WriteLineAsync(parts.Length < 2 ? $"{_executable.Name} {parts[0]}" : $"{_executable.Name} {parts[0]} (commit {parts[1]})");
        return 0;
    }

    private async Task<int> HelpAsync()
    {
        await Output.WriteLineAsync($"{_executable.Name}: {_executable.Summary}\n\nUsage: {_executable.Name} [verb]\n");
        foreach (var verb in _verbs)
        {
            await Output.WriteLineAsync($"  {verb.Name,-17} {verb.Summary}\n{"",20}e.g. {_executable.Name} {verb.Example}");
        }
        await Output.WriteLineAsync("\nSettings are environment variables, or a .env file in the working directory; \"config show\" lists them.");
        return 0;
    }

    private SettingsReader ReadAgain()
    {
        var settings = _executable.Load(Layers());
        if (settings.Reader.Errors.Count == 0)
        {
            _executable.Prepare(settings.Process);
        }
        return settings.Reader;
    }

    private static IReadOnlyList<SettingLayer> Layers() => [SettingLayer.Environment, DotEnvFile.Read(".env")];

    private static ProcessContext Begin(ProcessSettings settings, Stream log) =>
        new(settings, new LogSink(settings.Log, log, TimeProvider.System), TimeProvider.System);

    private Task<LoadedSettings?> LoadAsync() => LoadAsync(Layers());

    private async Task<LoadedSettings?> LoadAsync(IReadOnlyList<SettingLayer> layers)
    {
        var settings = _executable.Load(layers);
        return await ReportAsync(settings) ? settings : null;
    }

    private static async Task<bool> ReportAsync(LoadedSettings settings)
    {
        foreach (var error in settings.Reader.Errors)
        {
            await Errors.WriteLineAsync(error.ToString());
        }
        return settings.Reader.Errors.Count == 0;
    }
}
