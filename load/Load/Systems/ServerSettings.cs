using PyAirtable.Load.Upstream;

namespace PyAirtable.Load.Systems;

/// <summary>Environment of the servers: as they are deployed, but that no client is told to slow down.</summary>
internal sealed class ServerSettings
{
    private readonly Dictionary<string, string> _values;

    private ServerSettings(Dictionary<string, string> values) => _values = values;

    /// <summary>What all of them get.</summary>
    /// <param name="key">The API key.</param>
    /// <param name="upstream">Where the stand-in for the upstreams listens.</param>
    /// <param name="database">The <c>DATABASE_URL</c>; empty for SQLite.</param>
    public ServerSettings(string key, UpstreamPorts upstream, string database)
        : this(new Dictionary<string, string>
        {
            ["HOST"] = "127.0.0.1",
            ["MANAGEMENT_HOST"] = "127.0.0.1",
            ["API_KEY"] = key,
            ["JWT_SECRET"] = "a-secret-for-load-0123456789abcdef",
            ["DATABASE_URL"] = database,
            ["LLM_ORCHESTRATOR_URL"] = $"http://127.0.0.1:{upstream.Llm}",
            ["MCP_SERVER_URL"] = $"http://127.0.0.1:{upstream.Mcp}",
            ["AIRTABLE_GATEWAY_URL"] = $"http://127.0.0.1:{upstream.Airtable}",
            // One address makes all the load of many users.
            ["RATE_LIMIT_RPM"] = "60000000",
            ["WS_MESSAGE_RATE_LIMIT"] = "1000000",
        })
    {
    }

    /// <summary>All of them.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>These with more.</summary>
    public ServerSettings With(params (string Name, string Value)[] more)
    {
        var values = new Dictionary<string, string>(_values);
        foreach (var (name, value) in more)
        {
            values[name] = value;
        }
        return new ServerSettings(values);
    }
}
