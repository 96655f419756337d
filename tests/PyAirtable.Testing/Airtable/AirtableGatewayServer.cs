using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PyAirtable.Testing.Airtable;

/// <summary>
/// Stands in for the Airtable gateway (upstream contract 3): A1, A3 to A9 and A11, on a real socket, from memory. Every base has the one
/// table, and its records are those of all; formulas and views are taken and not evaluated. Queries and bodies are checked before the key,
/// and what is not there is a 500 with a text like a tuple, as in the original.
/// </summary>
public sealed class AirtableGatewayServer : IAsyncDisposable
{
    /// <summary>The key that it asks for.</summary>
    public const string Key = "airtable-gateway-key-0123456789abcdef";

    /// <summary>A base that does not answer before the client hangs up.</summary>
    public const string SilentBase = "appSilent";

    /// <summary>A base that does not answer before <see cref="ReleasingBase"/> is asked for something.</summary>
    public const string HeldBase = "appHeld";

    /// <summary>See <see cref="HeldBase"/>.</summary>
    public const string ReleasingBase = "appRelease";

    /// <summary>A base that is not there.</summary>
    public const string MissingBase = "appMissing";

    /// <summary>A record that can be deleted again and again.</summary>
    public const string KeptRecord = "recKept";

    // Of a long run only the last requests are kept.
    private const int KeptRequests = 1000;

    private const string Fields = """[{"id":"fldName","name":"Name","type":"singleLineText","description":null},{"id":"fldStatus","name":"Status","type":"singleSelect","description":null},{"id":"fldEffort","name":"Effort","type":"number","description":null},{"id":"fldNotes","name":"Notes","type":"multilineText","description":"What to do"}]""";
    private const string WebFields = """[{"id":"fldName","name":"Name","type":"singleLineText"},{"id":"fldStatus","name":"Status","type":"singleSelect","options":{"choices":[{"id":"sel1","name":"Todo"},{"id":"sel2","name":"Done"}]}},{"id":"fldEffort","name":"Effort","type":"number","options":{"precision":1}},{"id":"fldNotes","name":"Notes","type":"multilineText","description":"What to do"}]""";

    private readonly WebApplication _app;
    private readonly AirtableTable _table = new();
    private readonly ConcurrentQueue<AirtableRequest> _requests = new();
    private TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private int _held;
    private int _waiting;
    private int _abandoned;

    private AirtableGatewayServer(WebApplication app) => _app = app;

    /// <summary>Its base address.</summary>
    public string Url => _app.Urls.First();

    /// <summary>The last thousand requests, in their order.</summary>
    public IReadOnlyList<AirtableRequest> Requests => [.. _requests];

    /// <summary>Requests so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Requests of <see cref="SilentBase"/> that wait now.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Requests of <see cref="HeldBase"/> so far.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>Requests of <see cref="SilentBase"/> from which the client has hung up.</summary>
    public int Abandoned => Volatile.Read(ref _abandoned);

    /// <summary>Starts one on a free port.</summary>
    public static async Task<AirtableGatewayServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var server = new AirtableGatewayServer(builder.Build());
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        return server;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body);
        var body = request.ContentLength is 0 or null && !request.Headers.ContainsKey("Transfer-Encoding") ? "" : await reader.ReadToEndAsync();
        Keep(new(request.Method, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, request.Headers["X-API-Key"].ToString(), request.Headers["X-Trace-ID"].ToString(), body));
        string[] path = [.. (request.Path.Value ?? "/").Split('/', StringSplitOptions.RemoveEmptyEntries)];
        if (path is ["bases", SilentBase, ..])
        {
            await WaitAsync(context);
            return;
        }

        if (path is ["bases", HeldBase, ..])
        {
            var release = Volatile.Read(ref _release).Task;
            Interlocked.Increment(ref _held);
            await release;
        }
        if (path is ["bases", ReleasingBase, ..])
        {
            Interlocked.Exchange(ref _release, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }

        await ((request.Method, path) switch
        {
            ("GET", ["health"]) => AirtableAnswer.WriteAsync(context, 200, static json => json.WriteRawValue("""{"status":"healthy","service":"airtable-gateway","cache":{"status":"disconnected","error":"No Redis connection"}}""")),
            ("GET", ["bases", var id, "schema"]) => IfAllowed(context, () => WriteOfAsync(context, id, json => json.WriteRawValue($$"""{"base_id":"{{id}}","tables":[{"id":"tblTasks","name":"Tasks","description":null,"fields":{{Fields}},"views":[{"id":"viwGrid","name":"Grid view"}]}]}"""))),
            ("GET", ["api", "web", "bases"]) => IfAllowed(context, () => AirtableAnswer.WriteAsync(context, 200, static json => json.WriteRawValue("""{"bases":[{"id":"appTest","name":"Test base","permissionLevel":"create"}]}"""))),
            ("GET", ["api", "web", "bases", MissingBase, "tables"]) => IfAllowed(context, () => AirtableAnswer.FailAsync(context, 404, "Could not find what you are looking for")),
            ("GET", ["api", "web", "bases", _, "tables"]) => IfAllowed(context, () => AirtableAnswer.WriteAsync(context, 200, static json => json.WriteRawValue($$"""{"tables":[{"id":"tblTasks","name":"Tasks","primaryFieldId":"fldName","fields":{{WebFields}},"views":[{"id":"viwGrid","name":"Grid view","type":"grid"}]}]}"""))),
            ("GET", ["bases", var id, "tables", var table, "records"]) => ListAsync(context, id, table),
            ("POST", ["bases", var id, "tables", var table, "records"]) => StoreAsync(context, id, table, null, body),
            ("POST", ["bases", var id, "tables", var table, "records", "batch"]) => StoreManyAsync(context, id, table, body),
            ("PATCH", ["bases", var id, "tables", var table, "records", var record]) => StoreAsync(context, id, table, record, body),
            ("DELETE", ["bases", var id, "tables", var table, "records", var record]) => IfAllowed(context, () => DeleteAsync(context, id, table, record)),
            (_, ["bases", _, "tables", _, "records", ..]) => AirtableAnswer.FailAsync(context, 405, "Method Not Allowed"),
            _ => AirtableAnswer.FailAsync(context, 404, "Not Found"),
        });
    }

    private void Keep(AirtableRequest request)
    {
        Interlocked.Increment(ref _count);
        _requests.Enqueue(request);
        while (_requests.Count > KeptRequests)
        {
            _requests.TryDequeue(out _);
        }
    }

    private async Task WaitAsync(HttpContext context)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _abandoned);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private Task ListAsync(HttpContext context, string id, string table)
    {
        var count = 100;
        if (context.Request.Query["max_records"] is [{ } asked, ..] && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > 1000))
        {
            return AirtableAnswer.RefuseAsync(context, "query", "max_records");
        }
        return IfAllowed(context, () => WriteOfAsync(context, Place(id, table), json => _table.WriteFirst(json, count)));
    }

    private Task StoreAsync(HttpContext context, string id, string table, string? record, string body)
    {
        if (!IsOf(body, JsonValueKind.Object))
        {
            return AirtableAnswer.RefuseAsync(context, "body", "fields");
        }
        return IfAllowed(context, () =>
        {
            if (Place(id, table) == MissingBase || (record is not null && !_table.Change(record, body)))
            {
                return AirtableAnswer.FailMissingAsync(context);
            }
            var stored = record ?? _table.Add(body);
            return AirtableAnswer.WriteAsync(context, 200, json => AirtableTable.Write(json, stored, body));
        });
    }

    private Task StoreManyAsync(HttpContext context, string id, string table, string body)
    {
        if (!IsOf(body, JsonValueKind.Array))
        {
            return AirtableAnswer.RefuseAsync(context, "body", "records");
        }
        return IfAllowed(context, () => WriteOfAsync(context, Place(id, table), json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("records");
            using var records = JsonDocument.Parse(body);
            foreach (var fields in records.RootElement.EnumerateArray().Select(static fields => fields.GetRawText()))
            {
                AirtableTable.Write(json, _table.Add(fields), fields);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }));
    }

    private Task DeleteAsync(HttpContext context, string id, string table, string record) => Place(id, table) == MissingBase || (record != KeptRecord && !_table.Remove(record))
        ? AirtableAnswer.FailMissingAsync(context)
        : AirtableAnswer.WriteAsync(context, 200, json => json.WriteRawValue($$"""{"deleted":true,"id":"{{record}}"}"""));

    // A table that is not there is as good as a base that is not there.
    private static string Place(string id, string table) => table is AirtableTable.Id or AirtableTable.Name ? id : MissingBase;

    private static bool IsOf(string body, JsonValueKind kind)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == kind;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Task IfAllowed(HttpContext context, Func<Task> answer) =>
        context.Request.Headers["X-API-Key"] == Key ? answer() : AirtableAnswer.FailAsync(context, 401, "Invalid API key");

    private static Task WriteOfAsync(HttpContext context, string id, Action<Utf8JsonWriter> write) => id == MissingBase ? AirtableAnswer.FailMissingAsync(context) : AirtableAnswer.WriteAsync(context, 200, write);
}
