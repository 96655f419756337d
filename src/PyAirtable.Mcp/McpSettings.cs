using PyAirtable.Hosting.Settings;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp;

/// <summary>Settings of the MCP server (upstream contract 1.10 and 5).</summary>
public sealed record McpSettings
{
    /// <summary>Where its settings stand among those of other modules.</summary>
    public const string Section = "MCP";

    /// <summary>Where it listens.</summary>
    public required ListenSettings Listen { get; init; }

    /// <summary><c>MCP_SERVER_NAME</c>: what it calls itself.</summary>
    public required string Name { get; init; }

    /// <summary><c>MCP_SERVER_VERSION</c>: the version that it names.</summary>
    public required string Version { get; init; }

    /// <summary><c>API_KEY</c> and <c>API_KEYS</c>; none where <c>/mcp</c> is closed.</summary>
    public required IReadOnlyList<string> ClientKeys { get; init; }

    /// <summary><c>MCP_REST_REQUIRE_KEY</c>: whether the tool routes ask for the key too.</summary>
    public required bool RestRequiresKey { get; init; }

    /// <summary><c>CORS_ORIGINS</c>: origins whose pages may call.</summary>
    public required IReadOnlyList<string> CorsOrigins { get; init; }

    /// <summary><c>AIRTABLE_GATEWAY_URL</c>, without a slash at its end.</summary>
    public required string AirtableUrl { get; init; }

    /// <summary><c>AIRTABLE_GATEWAY_API_KEY</c>, else <c>API_KEY</c>.</summary>
    public required string AirtableKey { get; init; }

    /// <summary><c>AIRTABLE_RATE_LIMIT</c>: requests per second and base; 0 for any number.</summary>
    public required int AirtableRateLimit { get; init; }

    /// <summary><c>MCP_AIRTABLE_CONNECTIONS</c>: connections to the Airtable gateway at most.</summary>
    public required int AirtableConnections { get; init; }

    /// <summary><c>MCP_SCHEMA_CACHE_TTL</c>: how long a base's schema is kept; zero for not at all.</summary>
    public required TimeSpan SchemaLifetime { get; init; }

    /// <summary><c>MCP_PYTHON_URL</c>: the Python server; empty for none.</summary>
    public required string PythonUrl { get; init; }

    /// <summary><c>MCP_PYTHON_CONNECTIONS</c>: calls that Python gets at once.</summary>
    public required int PythonConnections { get; init; }

    /// <summary><c>MCP_PYTHON_TIMEOUT</c>: how long a tool may take there.</summary>
    public required TimeSpan PythonTimeout { get; init; }

    /// <summary><c>MCP_NATIVE_TOOLS</c>: the tools that run here.</summary>
    public required IReadOnlyList<string> NativeTools { get; init; }

    /// <summary><c>MCP_TOOL_RULES</c>: who may call which tool.</summary>
    public required ToolRules Rules { get; init; }

    /// <summary><c>MCP_MAX_SESSIONS</c>: sessions at once.</summary>
    public required int MaxSessions { get; init; }

    /// <summary><c>MCP_SESSION_IDLE_TIMEOUT</c>: how long a session lives that is not used.</summary>
    public required TimeSpan SessionIdleTimeout { get; init; }

    /// <summary><c>MCP_REPLAY_MEMORY</c>: bytes of events that are kept for clients whose connection breaks; 0 for none.</summary>
    public required long ReplayBytes { get; init; }

    /// <summary><c>MCP_MAX_BODY</c>: bytes of a request's body.</summary>
    public required int MaxBodyBytes { get; init; }

    /// <summary>Reads them.</summary>
    public static McpSettings Read(SettingsReader settings)
    {
        settings.Section = Section;
        var key = settings.Secret("API_KEY", "", "The key that clients of /mcp send in X-API-Key, or as a bearer token; without one /mcp is closed.");
        var keys = ApiKeySettings.Read(settings, key);
        var airtableKey = settings.Secret("AIRTABLE_GATEWAY_API_KEY", "", "The Airtable gateway's key; API_KEY where it is not set.");
        if (airtableKey.Length == 0 && key.Length == 0)
        {
            settings.Fail("AIRTABLE_GATEWAY_API_KEY", "is not set", "the key of the Airtable gateway");
        }
        return settings.Keep(new McpSettings
        {
            Listen = ListenSettings.Read(settings, "MCP_SERVER_PORT", 8001),
            Name = settings.Text("MCP_SERVER_NAME", "airtable-mcp", "What the server calls itself."),
            Version = settings.Text("MCP_SERVER_VERSION", "1.0.0", "The version that it names."),
            ClientKeys = keys,
            RestRequiresKey = settings.Flag("MCP_REST_REQUIRE_KEY", false, "Whether /tools, /tools/call and /tools/execute ask for the API key; the Python server did not."),
            CorsOrigins = settings.List("CORS_ORIGINS", "http://localhost:3000,http://localhost:8000", "Origins whose pages may call; * for any."),
            AirtableUrl = settings.Url("AIRTABLE_GATEWAY_URL", "http://localhost:8002", "The Airtable gateway.").TrimEnd('/'),
            AirtableKey = airtableKey.Length > 0 ? airtableKey : key,
            AirtableRateLimit = settings.Number("AIRTABLE_RATE_LIMIT", 5, 0, 100_000, "Requests per second and base to the Airtable gateway, as Airtable allows; 0 for any number."),
            AirtableConnections = settings.Number("MCP_AIRTABLE_CONNECTIONS", 32, 1, 1000, "Connections to the Airtable gateway at most."),
            SchemaLifetime = settings.Duration("MCP_SCHEMA_CACHE_TTL", "5m", TimeSpan.Zero, TimeSpan.FromHours(4), "How long the schema of a base is kept; a write to the base drops it. 0 for not at all."),
            PythonUrl = settings.Read<string>(
                new("MCP_PYTHON_URL", "The Python MCP server, for the tools that are not native; empty for none.", "an absolute http or https URL, or nothing"),
                "",
                static (string text, out string value) => SettingParsers.HttpUrl(text, out value) || value.Length == 0).TrimEnd('/'),
            PythonConnections = settings.Number("MCP_PYTHON_CONNECTIONS", 10, 1, 1000, "Calls that the Python server gets at once."),
            PythonTimeout = settings.Duration("MCP_PYTHON_TIMEOUT", "60s", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), "How long a tool may take there; create_metadata_table twice as long."),
            NativeTools = settings.List("MCP_NATIVE_TOOLS", string.Join(',', ToolCatalog.NativeNames), "Tools that run natively, or none; all others run in the Python server."),
            Rules = ReadRules(settings, keys),
            MaxSessions = settings.Number("MCP_MAX_SESSIONS", 10_000, 1, 1_000_000, "Sessions of the Model Context Protocol at once."),
            SessionIdleTimeout = settings.Duration("MCP_SESSION_IDLE_TIMEOUT", "30m", TimeSpan.FromSeconds(1), TimeSpan.FromDays(7), "How long a session lives that is not used."),
            ReplayBytes = settings.Size("MCP_REPLAY_MEMORY", "16MB", 0, 1L << 30, "Memory for what was said to clients whose connection breaks, a minute long; 0 for none.", []),
            MaxBodyBytes = (int)settings.Size("MCP_MAX_BODY", "4MB", 1024, 256 << 20, "Largest request body.", []),
        });
    }

    private static ToolRules ReadRules(SettingsReader settings, IReadOnlyList<string> keys)
    {
        var text = settings.Secret("MCP_TOOL_RULES", "", "Tools by key: KEY=tool,tool allows only these, KEY=!tool,!tool all but these; several with ; between, * for all other keys.");
        if (ToolRules.TryParse(text, keys, out var rules))
        {
            return rules;
        }
        settings.Fail("MCP_TOOL_RULES", "is not understood", "such as KEY=list_tables,get_records;*=!delete_record, with keys of API_KEY or API_KEYS");
        return ToolRules.None;
    }
}
