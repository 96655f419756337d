using System.Reflection;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Hosting.CommandLine;

/// <summary>Reads an executable's settings and says how its modules are made from what the process shares.</summary>
public delegate Func<ProcessContext, IReadOnlyList<IServiceModule>> Composition(SettingsReader settings, ProcessSettings process);

/// <summary>One of the product's executables: its name, its modules and its verbs.</summary>
/// <param name="Name">File name, such as <c>pyairtable-gateway</c>.</param>
/// <param name="Summary">What it is, as one line.</param>
/// <param name="ManagementPort">Default of <c>MANAGEMENT_PORT</c>.</param>
/// <param name="Compose">Its settings and modules.</param>
public sealed record Executable(string Name, string Summary, int ManagementPort, Composition Compose)
{
    /// <summary>Layers of settings below the environment and the <c>.env</c> file, such as defaults of its own.</summary>
    public Func<IReadOnlyList<SettingLayer>, IReadOnlyList<SettingLayer>> Defaults { get; init; } = static _ => [];

    /// <summary>Copies its database from SQLite to PostgreSQL; null where it has none. Not named here, so that an executable without a database has no driver in it.</summary>
    public Func<CopyRequest, CancellationToken, Task>? CopyDatabase { get; init; }

    /// <summary>Verbs of its own.</summary>
    public IReadOnlyList<Command> Commands { get; init; } = [];

    /// <summary>
    /// Runs a command line by which the executable calls itself, before settings or anything else is looked at: the exit code, or null when
    /// the line is none of that kind.
    /// </summary>
    public Func<string[], int?> RunInternal { get; init; } = static _ => null;

    /// <summary>Called before it serves, migrates or takes over changed settings, once all are known to be good.</summary>
    public Action<ProcessSettings> Prepare { get; init; } = static _ => { };

    /// <summary>Called when all services answer, with the URL of each and of <c>management</c>.</summary>
    public Action<ProcessSettings, IReadOnlyDictionary<string, string>> Announce { get; init; } = static (_, _) => { };

    /// <summary>Version and commit: <c>0.1.0+abcdef…</c>.</summary>
    public static string Version { get; } =
        typeof(Executable).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Runs the verb of the command line. Exit codes: 0 done, 1 failed, 2 wrong settings or usage.</summary>
    public Task<int> RunAsync(string[] args) =>
        RunInternal(args) is { } code ? Task.FromResult(code) : new VerbRunner(this).RunAsync(args);

    /// <summary>Reads all settings from the given layers, without acting on them.</summary>
    public LoadedSettings Load(IReadOnlyList<SettingLayer> layers)
    {
        var reader = new SettingsReader([.. layers, .. Defaults(layers)]);
        var process = ProcessSettings.Read(reader, ManagementPort);
        var modules = Compose(reader, process);
        return new LoadedSettings(reader, process, modules);
    }
}
