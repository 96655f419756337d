using System.Diagnostics;
using System.Globalization;
using PyAirtable.Bench.Peers;
using PyAirtable.Testing;
using PyAirtable.Testing.Airtable;

namespace PyAirtable.Bench.Mcp;

/// <summary>
/// What is measured and what it stands on: servers on a core of their own; the load, this program and the Airtable gateway's stand-in in it
/// on another one.
/// </summary>
internal sealed class Rig : IAsyncDisposable
{
    /// <summary>The API key of the native server's MCP endpoint.</summary>
    public const string Key = "a-key-for-measuring-0123456789abcdef";

    /// <summary>Where it answers 200 without a key.</summary>
    public const string HealthPath = "/health";

    private const int ServerCore = 0;
    private static readonly string Python = Path.GetFullPath("bench/Mcp/python");

    private readonly string _folder = Directory.CreateTempSubdirectory("mcp-bench-").FullName;

    private Rig(AirtableGatewayServer airtable) => Airtable = airtable;

    /// <summary>The core of the load; on a machine with one core that of the servers.</summary>
    public static int LoadCore => Math.Min(1, Environment.ProcessorCount - 1);

    /// <summary>The stand-in behind all servers.</summary>
    public AirtableGatewayServer Airtable { get; }

    /// <summary>Starts the stand-in, and moves this program to the load's core.</summary>
    public static async Task<Rig> StartAsync()
    {
        using var self = Process.GetCurrentProcess();
        self.ProcessorAffinity = 1 << LoadCore;
        return new Rig(await AirtableGatewayServer.StartAsync());
    }

    /// <summary>Starts the native server; its log goes to <c>/dev/null</c>, and its limit toward Airtable is off.</summary>
    public ServerProcess StartNative()
    {
        var port = ServerProcess.FreePort();
        return ServerProcess.Start("native", port, [PublishedExecutable.Mcp, "serve"], new Dictionary<string, string>
        {
            ["MCP_SERVER_PORT"] = Text(port),
            ["HOST"] = "127.0.0.1",
            ["MANAGEMENT_HOST"] = "127.0.0.1",
            ["MANAGEMENT_PORT"] = "0",
            ["API_KEY"] = Key,
            ["AIRTABLE_GATEWAY_URL"] = Airtable.Url,
            ["AIRTABLE_GATEWAY_API_KEY"] = AirtableGatewayServer.Key,
            ["AIRTABLE_RATE_LIMIT"] = "0",
        }, ServerCore, _folder, keepsOutput: false);
    }

    /// <summary>Starts the Python server: uvicorn with one worker; its log goes to <c>/dev/null</c>.</summary>
    public ServerProcess StartPython()
    {
        var port = ServerProcess.FreePort();
        string[] command = ["/usr/bin/python3", "-m", "uvicorn", "server:app", "--app-dir", Python, "--port", Text(port), "--loop", "uvloop", "--http", "httptools", "--no-access-log"];
        return ServerProcess.Start("python", port, command, new Dictionary<string, string>
        {
            ["AIRTABLE_GATEWAY_URL"] = Airtable.Url,
            ["AIRTABLE_GATEWAY_API_KEY"] = AirtableGatewayServer.Key,
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        }, ServerCore, _folder, keepsOutput: false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Airtable.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
