using PyAirtable.Hosting.Settings;

namespace PyAirtable.Hosting.CommandLine;

/// <summary>What a <see cref="Command"/> is called with.</summary>
/// <param name="Executable">Name of the executable.</param>
/// <param name="Arguments">The words after the command's.</param>
/// <param name="Settings">The settings, of which none was read yet.</param>
/// <param name="Output">Where results go.</param>
/// <param name="Errors">Where faults go.</param>
/// <param name="Stop">Cancelled when the process is to end.</param>
public sealed record CommandLineCall(string Executable, IReadOnlyList<string> Arguments, SettingsReader Settings, TextWriter Output, TextWriter Errors, CancellationToken Stop);
