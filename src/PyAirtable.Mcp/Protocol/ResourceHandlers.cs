using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PyAirtable.Mcp.Airtable;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Protocol;

/// <summary>Resources: the bases, and the tables of each. Whoever may call <c>list_tables</c> may read them.</summary>
internal sealed class ResourceHandlers(ToolRunner tools, SchemaCache schemas)
{
    private const string Bases = "airtable://bases";
    private const string Schema = "/schema";
    private const string Json = "application/json";
    private const string Needed = "list_tables";

    /// <summary>The bases, as far as the Airtable gateway tells them.</summary>
    public async ValueTask<ListResourcesResult> ListAsync(RequestContext<ListResourcesRequestParams> request, CancellationToken cancel)
    {
        var caller = RequestCaller.Of(request.JsonRpcRequest).Caller;
        if (!tools.IsAllowed(caller, Needed))
        {
            return new ListResourcesResult { Resources = [] };
        }
        var list = new List<Resource> { new() { Uri = Bases, Name = "bases", Title = "Airtable bases", MimeType = Json } };
        try
        {
            var bases = await schemas.GetAsync(SchemaKind.Bases, "", caller.TraceId, cancel);
            list.AddRange(BuiltJson.Items(bases, "bases").Where(static item => BuiltJson.Text(item, "id") is not null).Select(static item => new Resource
            {
                Uri = $"{Bases}/{Uri.EscapeDataString(BuiltJson.Text(item, "id")!)}{Schema}",
                Name = BuiltJson.Text(item, "name") ?? BuiltJson.Text(item, "id")!,
                Description = "Tables, fields and views of this base",
                MimeType = Json,
            }));
        }
        catch (ToolFailedException)
        {
            // The one that is always there says why, when it is read.
        }
        return new ListResourcesResult { Resources = list };
    }

    /// <summary>How the resource of a base is named.</summary>
    public static ValueTask<ListResourceTemplatesResult> ListTemplatesAsync(RequestContext<ListResourceTemplatesRequestParams> request, CancellationToken cancel) =>
        new(new ListResourceTemplatesResult
        {
            ResourceTemplates = [new ResourceTemplate { UriTemplate = $"{Bases}/{{base_id}}{Schema}", Name = "base-schema", Title = "Tables of a base", MimeType = Json }],
        });

    /// <summary>Reads one.</summary>
    public async ValueTask<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken cancel)
    {
        var (uri, caller) = (request.Params!.Uri, RequestCaller.Of(request.JsonRpcRequest).Caller);
        if (!tools.IsAllowed(caller, Needed))
        {
            throw new McpProtocolException("Resources are not allowed for this API key", McpErrorCode.InvalidRequest);
        }
        var (kind, id) = uri == Bases ? (SchemaKind.Bases, "")
            : uri.StartsWith($"{Bases}/", StringComparison.Ordinal) && uri.EndsWith(Schema, StringComparison.Ordinal) && uri.Length > Bases.Length + Schema.Length + 1
                ? (SchemaKind.Plain, Uri.UnescapeDataString(uri[(Bases.Length + 1)..^Schema.Length]))
                : throw new McpProtocolException($"Unknown resource: {uri}", McpErrorCode.ResourceNotFound);
        try
        {
            using var printed = ToolOutcome.Of(BuiltJson.Copy(await schemas.GetAsync(kind, id, caller.TraceId, cancel)));
            return new ReadResourceResult { Contents = [new TextResourceContents { Uri = uri, MimeType = Json, Text = printed.Text }] };
        }
        catch (ToolFailedException failure)
        {
            throw new McpProtocolException(failure.Message, McpErrorCode.InternalError);
        }
    }
}
