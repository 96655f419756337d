using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using PyAirtable.Testing;

namespace PyAirtable.Conformance.Mcp;

/// <summary>The official MCP clients, which are Node.js programs: of <c>tests/mcp-clients</c>, with the packages of its lock file.</summary>
internal static class NodePrograms
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static string Packages => Path.Combine(PublishedExecutable.Root, "artifacts", "mcp-clients");

    /// <summary>Runs a scenario of <c>client.mjs</c> and gives what the client saw.</summary>
    /// <param name="generation">"sdk" or "client": the first and the second generation of the TypeScript client.</param>
    /// <param name="scenario">Its name in the script.</param>
    /// <param name="target">How to reach the server.</param>
    /// <param name="until">Once it is true, the client gets a line; null for none.</param>
    public static async Task<JsonObject> RunClientAsync(string generation, string scenario, JsonObject target, Func<bool>? until = null)
    {
        var script = Path.Combine(PublishedExecutable.Root, "tests", "mcp-clients", "client.mjs");
        var (code, output, errors) = await RunAsync(script, [Packages, generation, scenario, target.ToJsonString()], until);
        Assert.True(code == 0, $"{scenario} failed: {errors}");
        return JsonNode.Parse(output)!.AsObject();
    }

    /// <summary>Runs the Inspector's command line: exit code, standard output, standard error.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunInspectorAsync(params string[] arguments) =>
        RunAsync(Path.Combine(Packages, "node_modules", "@modelcontextprotocol", "inspector", "cli", "build", "cli.js"), ["--cli", .. arguments]);

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string script, string[] arguments, Func<bool>? until = null)
    {
        if (!Directory.Exists(Path.Combine(Packages, "node_modules")))
        {
            throw new DirectoryNotFoundException($"{Packages} has no packages; ./test.sh installs them");
        }
        using var process = Start(script, arguments);
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            if (until is not null)
            {
                await Eventually.TrueAsync(until);
                await process.StandardInput.WriteLineAsync();
                await process.StandardInput.FlushAsync(limit.Token);
            }
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static Process Start(string script, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", [script, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception failure)
        {
            throw new InvalidOperationException("node is not installed; it has to be of version 20 or later", failure);
        }
    }
}
