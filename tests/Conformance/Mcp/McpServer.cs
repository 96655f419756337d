using System.Globalization;
using System.Text.Json.Nodes;
using PyAirtable.Testing;
using PyAirtable.Testing.Airtable;

namespace PyAirtable.Conformance.Mcp;

/// <summary>The published MCP server over HTTP, with the Airtable gateway's stand-in behind it, and what a client needs to start it over stdio.</summary>
public sealed class McpServer : IAsyncLifetime
{
    private const string Key = "mcp-key-0123456789abcdef0123456789abcdef";

    private readonly string _folder = Directory.CreateTempSubdirectory("pyairtable-mcp-").FullName;
    private readonly int _port = FreePort.Next();
    private ExecutableProcess? _process;
    private AirtableGatewayServer? _airtable;

    /// <summary>The Python server behind it; empty for none.</summary>
    public string PythonUrl { get; init; } = "";

    /// <summary>What stands behind it.</summary>
    public AirtableGatewayServer Airtable => _airtable!;

    /// <summary>Address of its MCP endpoint.</summary>
    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/mcp");

    /// <summary>The header that lets a client in, as one line.</summary>
    public static string KeyHeader => "X-API-Key: " + Key;

    /// <summary>The executable that serves over stdio with the verb <c>stdio</c>.</summary>
    public static string Executable => PublishedExecutable.Mcp;

    /// <summary>Its settings over stdio.</summary>
    public IReadOnlyDictionary<string, string> StdioSettings => Settings();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _airtable = await AirtableGatewayServer.StartAsync();
        _process = ExecutableProcess.Start(Executable, _folder, new Dictionary<string, string>(Settings())
        {
            ["MCP_SERVER_PORT"] = _port.ToString(CultureInfo.InvariantCulture),
            ["HOST"] = "127.0.0.1",
            ["MANAGEMENT_HOST"] = "127.0.0.1",
            ["MANAGEMENT_PORT"] = "0",
            ["API_KEY"] = Key,
        });
        await _process.WaitUntilAnswersAsync(new Uri($"http://127.0.0.1:{_port}/health"));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
        if (_airtable is not null)
        {
            await _airtable.DisposeAsync();
        }
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>How a client reaches it: <c>{"url","key"}</c> over HTTP, <c>{"command","args","env"}</c> over stdio.</summary>
    public JsonObject Target(string transport)
    {
        if (transport == "http")
        {
            return new JsonObject { ["url"] = Endpoint, ["key"] = Key };
        }
        var settings = Settings().Select(static setting => KeyValuePair.Create(setting.Key, (JsonNode?)JsonValue.Create(setting.Value)));
        return new JsonObject { ["command"] = Executable, ["args"] = new JsonArray("stdio"), ["env"] = new JsonObject(settings) };
    }

    // Without one it is not named at all: the Inspector takes no empty settings.
    private Dictionary<string, string> Settings() => new(PythonUrl.Length > 0 ? [KeyValuePair.Create("MCP_PYTHON_URL", PythonUrl)] : [])
    {
        ["AIRTABLE_GATEWAY_URL"] = Airtable.Url,
        ["AIRTABLE_GATEWAY_API_KEY"] = AirtableGatewayServer.Key,
        // Tests are not to wait for it.
        ["AIRTABLE_RATE_LIMIT"] = "0",
    };
}
