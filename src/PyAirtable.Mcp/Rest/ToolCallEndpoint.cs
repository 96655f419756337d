using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Rest;

/// <summary><c>POST /tools/call</c>: 200 and <c>success</c> whatever came of the tool, as its callers read the text (upstream contract 1.3, M4).</summary>
internal sealed class ToolCallEndpoint(ToolRunner tools, int maxBytes)
{
    private static readonly byte[] Before = """{"result":[{"type":"text","text":"""u8.ToArray();
    private static readonly byte[] After = """}],"success":true,"error":null}"""u8.ToArray();

    /// <summary>Answers.</summary>
    public async Task PostAsync(RequestContext request, Caller caller)
    {
        var body = await JsonBody.ReadAsync(request.Http, maxBytes, request.Aborted);
        if (body.Fault is { } fault)
        {
            await fault.WriteAsync(request.Http);
            return;
        }
        var errors = new ValidationErrors();
        var fields = body.Fields(errors);
        var (name, arguments) = (fields.Text("name"), fields.ObjectValue("arguments"));
        if (errors.Any)
        {
            await errors.WriteAsync(request.Http);
            return;
        }
        using var outcome = await RestTools.RunAsync(tools, name, arguments, caller, request.Aborted);
        await RawAnswer.WriteAsync(request.Http, PreparedAnswer.Json, [Before, outcome.QuotedText(), After]);
    }
}
