using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.CommandLine;

namespace PyAirtable.Gateway.Cutover.Walking;

/// <summary>The verb <c>cutover</c>: shows and sets the weights of a running gateway, and walks them up.</summary>
public static class CutoverCommand
{
    private const int Failed = 1;
    private const int Misused = 2;

    private const string Usage = """
        cutover                              show the groups of the running gateway
        cutover set GROUP WEIGHT             set the weight of a group, 0 to 100
        cutover walk GROUP [--steps 10,50,100] [--bake 5m]
                                             raise it step by step, watching for the bake time at each;
                                             exit code 1 if the guard moved it back meanwhile

        --url http://gateway:8000            where the gateway is; else this machine, by its port setting
        The key is that of CUTOVER_ADMIN_KEY, or of the file that CUTOVER_ADMIN_KEY_FILE names.
        """;

    /// <summary>The verb, for an executable whose gateway has its port by <paramref name="portName"/>.</summary>
    public static Command Named(string portName) => new(
        "cutover",
        "show and set how clients are shared between old and new services, and walk them over; see cutover --help",
        "cutover walk platform --bake 5m",
        call => RunAsync(call, portName));

    private static async Task<int> RunAsync(CommandLineCall call, string portName)
    {
        if (call.Arguments is ["--help" or "-h" or "help"])
        {
            await call.Output.WriteLineAsync(Usage);
            return 0;
        }
        if (CutoverArguments.Parse(call.Arguments) is not { } arguments)
        {
            await call.Errors.WriteLineAsync($"{call.Executable}: cutover takes show, set GROUP WEIGHT or walk GROUP; see cutover --help");
            return Misused;
        }
        var key = call.Settings.Secret("CUTOVER_ADMIN_KEY", "", "Opens the admin routes.");
        var port = call.Settings.Number(portName, 8000, 0, 65535, "Port of the gateway.");
        if (key.Length == 0)
        {
            call.Settings.Fail("CUTOVER_ADMIN_KEY", "is not set", "the key of the gateway's admin routes");
        }
        foreach (var error in call.Settings.Errors)
        {
            await call.Errors.WriteLineAsync(error.ToString());
        }
        if (call.Settings.Errors.Count > 0)
        {
            return Misused;
        }
        await using var client = new UpstreamClient(TimeSpan.FromSeconds(5));
        return await RunAsync(call, arguments, new AdminCall(client, arguments.Url ?? $"http://127.0.0.1:{port}", key));
    }

    private static async Task<int> RunAsync(CommandLineCall call, CutoverArguments arguments, AdminCall admin)
    {
        try
        {
            if (arguments.Action == "walk")
            {
                if (await new WeightWalk(admin, arguments, call.Output, TimeProvider.System).RunAsync(call.Stop) is not { } fault)
                {
                    return 0;
                }
                await call.Errors.WriteLineAsync($"{call.Executable}: {arguments.Group}: {fault}");
                return Failed;
            }
            var groups = await (arguments.Action == "set" ? admin.SetAsync(arguments.Group, arguments.Weights[0], from: null, call.Stop) : admin.ShowAsync(call.Stop));
            foreach (var group in groups)
            {
                await call.Output.WriteLineAsync(group.ToString());
            }
            return 0;
        }
        catch (AdminCallException error)
        {
            await call.Errors.WriteLineAsync($"{call.Executable}: {error.Message}");
            return Failed;
        }
    }
}
