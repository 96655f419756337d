using PyAirtable.Hosting.Lifetime;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Hosting.CommandLine;

/// <summary>The verbs of an executable's own.</summary>
internal sealed partial class VerbRunner
{
    private async Task<int> RunCommandAsync(Command command, string[] arguments)
    {
        using var signals = new StopSignals();
        using var stop = new CancellationTokenSource();
        _ = signals.First.ContinueWith(_ => stop.Cancel(), TaskScheduler.Default);
        try
        {
            return await command.RunAsync(new CommandLineCall(_executable.Name, arguments, new SettingsReader(Layers()), Output, Errors, stop.Token));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Errors.WriteLineAsync($"{_executable.Name}: stopped");
            return Failed;
        }
    }
}
