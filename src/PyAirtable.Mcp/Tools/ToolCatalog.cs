using System.Text.Json;
using Microsoft.Extensions.Logging;
using PyAirtable.Mcp.Python;

namespace PyAirtable.Mcp.Tools;

/// <summary>
/// The tools that there are: those of the built-in list, and what the Python server has beside them, asked for again after
/// <see cref="Lifetime"/> (upstream contract 5.2). While Python is away the last list stays.
/// </summary>
internal sealed partial class ToolCatalog : IDisposable
{
    /// <summary>Tools that can run natively (upstream contract 5.5).</summary>
    public static readonly IReadOnlyList<string> NativeNames =
    [
        "list_tables", "get_records", "create_record", "update_record", "delete_record", "search_records", "get_field_info", "batch_create_records", "batch_update_records",
    ];

    /// <summary>How long Python's list counts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(300);

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(30);

    private readonly PythonServer? _python;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _refreshing = new(1);
    private readonly Lazy<List<ToolDefinition>> _builtIn = new(ReadBuiltIn);
    private volatile IReadOnlyList<ToolDefinition>? _withOthers;
    private long _nextRefresh;

    /// <summary>The built-in list, which is read when it is first wanted; then Python is asked too.</summary>
    public ToolCatalog(PythonServer? python, TimeProvider clock, ILogger log)
    {
        (_python, _clock, _log) = (python, clock, log);
        _nextRefresh = clock.GetTimestamp();
    }

    /// <summary>Called when the list has become another one.</summary>
    public Action Changed { get; set; } = static () => { };

    /// <summary>The list as it is known now.</summary>
    public IReadOnlyList<ToolDefinition> Known => _withOthers ?? _builtIn.Value;

    /// <summary>The tool of that name; null for none.</summary>
    public ToolDefinition? Find(string name)
    {
        foreach (var tool in Known)
        {
            if (tool.Name == name)
            {
                return tool;
            }
        }
        return null;
    }

    /// <summary>The list, renewed where it is due.</summary>
    public async Task<IReadOnlyList<ToolDefinition>> ListAsync(string traceId, CancellationToken cancel)
    {
        if (_python is null || !IsDue)
        {
            return Known;
        }
        await _refreshing.WaitAsync(cancel);
        try
        {
            if (IsDue)
            {
                await RefreshAsync(_python, traceId, cancel);
            }
        }
        finally
        {
            _refreshing.Release();
        }
        return Known;
    }

    /// <inheritdoc/>
    public void Dispose() => _refreshing.Dispose();

    private bool IsDue => _clock.GetTimestamp() >= Volatile.Read(ref _nextRefresh);

    private async Task RefreshAsync(PythonServer python, string traceId, CancellationToken cancel)
    {
        var pause = Lifetime;
        try
        {
            var builtIn = _builtIn.Value;
            var others = await python.ListAsync(traceId, cancel);
            // What is native here is described here.
            IReadOnlyList<ToolDefinition> next = [.. builtIn, .. others.Where(tool => !builtIn.Exists(known => known.Name == tool.Name))];
            var isSame = next.Count == Known.Count && next.Zip(Known).All(static pair => pair.First.IsSame(pair.Second));
            if (!isSame)
            {
                _withOthers = next;
                Changed();
            }
        }
        catch (ToolFailedException error)
        {
            pause = RetryPause;
            LogStale(error.Message);
        }
        Volatile.Write(ref _nextRefresh, _clock.GetTimestamp() + (long)(pause.TotalSeconds * _clock.TimestampFrequency));
    }

    private static List<ToolDefinition> ReadBuiltIn()
    {
        using var stream = typeof(ToolCatalog).Assembly.GetManifestResourceStream("tools.json")!;
        using var json = JsonDocument.Parse(stream);
        return [.. json.RootElement.Clone().EnumerateArray().Select(static tool => ToolDefinition.Read(tool)!)];
    }

    [LoggerMessage(EventId = 801, Level = LogLevel.Warning, Message = "The Python server's tool list cannot be read, the last one stays: {Reason}")]
    private partial void LogStale(string reason);
}
