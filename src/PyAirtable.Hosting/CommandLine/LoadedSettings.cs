using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Hosting.CommandLine;

/// <summary>Settings as read, and the way to the modules, to be taken only when there is no mistake.</summary>
/// <param name="Reader">Entries and mistakes.</param>
/// <param name="Process">Settings of the process.</param>
/// <param name="BuildModules">Makes the modules.</param>
public sealed record LoadedSettings(
    SettingsReader Reader,
    ProcessSettings Process,
    Func<ProcessContext, IReadOnlyList<IServiceModule>> BuildModules);
