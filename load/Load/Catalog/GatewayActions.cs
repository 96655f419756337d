using System.Globalization;
using System.Text;
using PyAirtable.Load.Http;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Systems;
using PyAirtable.Load.WebSockets;

namespace PyAirtable.Load.Catalog;

/// <summary>What people and agents do through the gateway: chat, tools, Airtable, WebSockets.</summary>
internal sealed class GatewayActions
{
    private const string Records = "/api/airtable/bases/appLoad/tables/tblTasks/records";
    private const int Sessions = 200;

    private readonly SystemUnderTest _system;
    private readonly SocketPool _sockets;
    private readonly DataFeed<string> _records;
    private readonly DataFeed<string> _sessions;
    private readonly DataFeed<byte[]> _chats = DataFeed<byte[]>.Circular([.. Enumerable.Range(0, Sessions).Select(Chat)]);
    private readonly byte[] _tool = """{"tool_name":"get_records","arguments":{"base_id":"appLoad","table_id":"tblTasks","max_records":5}}"""u8.ToArray();
    private readonly byte[] _fields = """{"Name":"Call the supplier","Status":"Todo","Notes":"They open at nine and close at noon on Fridays."}"""u8.ToArray();

    /// <summary>Actions at a system.</summary>
    public GatewayActions(SystemUnderTest system, Random random)
    {
        (_system, _sockets) = (system, new SocketPool(system));
        // Those that the stand-in for Airtable has from the beginning.
        _records = DataFeed<string>.Random([.. Enumerable.Range(1, 100).Select(number => "rec" + number.ToString("x14", CultureInfo.InvariantCulture))], random);
        _sessions = DataFeed<string>.Random([.. Enumerable.Range(0, Sessions).Select(number => string.Create(CultureInfo.InvariantCulture, $"chat-{number}"))], random);
    }

    /// <summary>Opens so many WebSockets.</summary>
    public Task OpenSocketsAsync(int count) => _sockets.OpenAsync(count);

    /// <summary>Closes them.</summary>
    public ValueTask CloseSocketsAsync() => _sockets.DisposeAsync();

    /// <summary>A question to the model.</summary>
    public ValueTask ChatAsync(ScenarioContext context) => SendAsync("chat", context, HttpCall.Post("/api/chat", _chats.GetNextItem()));

    /// <summary>What was said before.</summary>
    public ValueTask HistoryAsync(ScenarioContext context) => SendAsync("history", context, HttpCall.Get($"/api/sessions/{_sessions.GetNextItem()}/history"));

    /// <summary>Which tools there are.</summary>
    public ValueTask ToolsAsync(ScenarioContext context) => SendAsync("tools", context, HttpCall.Get("/api/tools"));

    /// <summary>The same by the plain proxy route.</summary>
    public ValueTask PlainToolsAsync(ScenarioContext context) => SendAsync("tools, plain proxy", context, HttpCall.Get("/api/mcp/tools"));

    /// <summary>A tool is run.</summary>
    public ValueTask ExecuteToolAsync(ScenarioContext context) => SendAsync("execute tool", context, HttpCall.Post("/api/execute-tool", _tool));

    /// <summary>Ten records.</summary>
    public ValueTask ReadRecordsAsync(ScenarioContext context) => SendAsync("airtable read", context, HttpCall.Get(Records + "?max_records=10"));

    /// <summary>The schema of the base.</summary>
    public ValueTask SchemaAsync(ScenarioContext context) => SendAsync("airtable schema", context, HttpCall.Get("/api/airtable/bases/appLoad/schema"));

    /// <summary>A new record.</summary>
    public ValueTask CreateRecordAsync(ScenarioContext context) => SendAsync("airtable create", context, HttpCall.Post(Records, _fields));

    /// <summary>A record is changed.</summary>
    public ValueTask UpdateRecordAsync(ScenarioContext context) => SendAsync("airtable update", context, HttpCall.Patch($"{Records}/{_records.GetNextItem()}", _fields));

    /// <summary>A ping over a WebSocket, until its pong.</summary>
    public async ValueTask PingAsync(ScenarioContext context) => await Step.RunAsync("websocket ping", context, async () =>
        await _sockets.PingAsync() is { } fault ? Response.Fail(fault) : Response.Ok());

    private async ValueTask SendAsync(string step, ScenarioContext context, HttpCall call) => await Step.SendAsync(step, context, _system.Client, call);

    private static byte[] Chat(int number) => Encoding.UTF8.GetBytes(
        $$"""{"messages":[{"role":"system","content":"You help with tasks."},{"role":"user","content":"Which tasks of project {{number}} are late, and who works on them?"}],"session_id":"chat-{{number}}","base_id":"appLoad"}""");
}
