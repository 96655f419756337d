// Puts load on a gateway and the services behind it. Started by load/run; calls itself as "Load upstream <ports>" to stand in for the Python services.
using System.Runtime.InteropServices;
using PyAirtable.Load.Commands;
using PyAirtable.Load.Comparison;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Rehearsal;
using PyAirtable.Load.Restarts;
using PyAirtable.Load.Upstream;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    if (args is ["upstream", .. var ports])
    {
        await UpstreamProgram.RunAsync(UpstreamPorts.Parse(ports), Environment.GetEnvironmentVariable("API_KEY") ?? "", stop.Token);
        return 0;
    }
    if (args is ["compare", .. var words])
    {
        var options = ComparisonOptions.Read(words);
        return LoadLoop.Run(loop => CompareCommand.RunAsync(loop, options, stop.Token));
    }
    var arguments = Arguments.Read(args);
    return arguments.Command switch
    {
        "" or "--help" or "-h" => Help.Print(),
        "--list" => Help.List(),
        "--slo" => LoadLoop.Run(loop => SloCommand.RunAsync(loop, arguments, stop.Token)),
        "smoke" => LoadLoop.Run(loop => SmokeCommand.RunAsync(loop, arguments, stop.Token)),
        "rehearsal" => LoadLoop.Run(loop => RehearsalCommand.RunAsync(loop, arguments, stop.Token)),
        "restarts" => LoadLoop.Run(loop => RestartsCommand.RunAsync(loop, arguments, stop.Token)),
        "crosscheck" => LoadLoop.Run(loop => CrossCheckCommand.RunAsync(loop, arguments, stop.Token)),
        _ => LoadLoop.Run(loop => ScenarioCommand.RunAsync(loop, arguments, stop.Token)),
    };
}
catch (FormatException mistake)
{
    await Console.Error.WriteLineAsync(mistake.Message);
    return 2;
}
catch (Exception failure) when (failure is InvalidOperationException or IOException)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("stopped");
    return 130;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
