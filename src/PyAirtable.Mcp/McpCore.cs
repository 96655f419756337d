using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PyAirtable.Hosting.Metrics;
using PyAirtable.Mcp.Airtable;
using PyAirtable.Mcp.NativeTools;
using PyAirtable.Mcp.Protocol;
using PyAirtable.Mcp.Python;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp;

/// <summary>The tools and what they stand on, whichever way a call comes.</summary>
internal sealed class McpCore : IAsyncDisposable
{
    private readonly AirtableGateway _airtable;
    private readonly PythonServer? _python;
    private readonly Lazy<McpServerOptions> _options;

    /// <summary>Composes them; nothing connects.</summary>
    public McpCore(McpSettings settings, ServiceMetrics metrics, TimeProvider clock, ILogger log)
    {
        _airtable = new AirtableGateway(settings, clock);
        _python = settings.PythonUrl.Length > 0 ? new PythonServer(settings, clock) : null;
        var schemas = new SchemaCache(_airtable, settings.SchemaLifetime, clock);
        Catalog = new ToolCatalog(_python, clock, log);
        Runner = new ToolRunner(Catalog, NativeToolSet.Create(settings.NativeTools, _airtable, schemas), _python, settings.Rules, new ToolMetrics(metrics), log);
        _options = new(() => ServerOptions.Create(settings, Runner, schemas));
        metrics.AddGauge("pyairtable_mcp_schemas_cached", "Schemas of bases that are kept.", () => schemas.Count);
        if (_python is { } python)
        {
            metrics.AddGauge("pyairtable_mcp_python_circuit", "Circuit of the Python server: 0 closed, 1 half open, 2 open.", () => python.Circuit);
        }
    }

    /// <summary>Who is told of what concerns all clients.</summary>
    /// <param name="toolsChanged">Called when the list of tools has become another one.</param>
    /// <param name="tell">Called with a message's level and what it is about.</param>
    public void Announce(Action toolsChanged, Action<LoggingLevel, string, string> tell)
    {
        Catalog.Changed = () =>
        {
            toolsChanged();
            tell(LoggingLevel.Info, "tools", "The list of tools has changed");
        };
        if (_python is not null)
        {
            _python.Away = away => tell(
                away ? LoggingLevel.Warning : LoggingLevel.Notice,
                "python",
                away ? "The Python server fails: its tools are not tried for a few seconds" : "The Python server answers again");
        }
    }

    /// <summary>The tools that there are.</summary>
    public ToolCatalog Catalog { get; }

    /// <summary>Runs them.</summary>
    public ToolRunner Runner { get; }

    /// <summary>What a session serves.</summary>
    public McpServerOptions Options => _options.Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Catalog.Dispose();
        await _airtable.DisposeAsync();
        if (_python is not null)
        {
            await _python.DisposeAsync();
        }
    }
}
