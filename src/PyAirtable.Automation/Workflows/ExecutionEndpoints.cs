using Microsoft.AspNetCore.Http;
using PyAirtable.Automation.Files;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Storage;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Automation.Workflows;

/// <summary>Starts executions and shows them (automation contract 1.5).</summary>
/// <param name="executions">The executions.</param>
/// <param name="pending">Wakes the worker that runs them.</param>
/// <param name="clock">The clock.</param>
internal sealed class ExecutionEndpoints(ExecutionStore executions, WorkSignal pending, TimeProvider clock)
{
    private static readonly PreparedAnswer NotFound = DetailError.Prepare(StatusCodes.Status404NotFound, "Execution not found");

    private static readonly ListReply<Execution> Listing = new("executions", ExecutionStatus.Stored, ExecutionJson.Write);

    /// <summary><c>POST /workflows/{workflow_id}/trigger</c></summary>
    public async Task TriggerAsync(RequestContext request)
    {
        var http = request.Http;
        var body = await JsonBody.ReadAsync(http, WorkflowEndpoints.MaxBodyBytes, request.Aborted);
        if (body.Fault is { } fault)
        {
            await fault.WriteAsync(http);
            return;
        }
        var errors = new ValidationErrors();
        var id = PathFields.RequiredInteger(errors, "workflow_id", request.RouteValues[0], long.MinValue, long.MaxValue);
        var data = body.Fields(errors).OptionalObject("trigger_data");
        if (errors.Any)
        {
            await errors.WriteAsync(http);
            return;
        }
        var (execution, refusal) = await executions.TriggerAsync(id, data is { } given ? JsonReply.Compact(given, "{}") : "{}", WireTime.Now(clock), request.Aborted);
        if (execution is null)
        {
            await DetailError.WriteAsync(http, StatusCodes.Status400BadRequest, refusal!);
            return;
        }
        pending.Notify();
        await JsonReply.WriteAsync(http, execution, static (json, execution) =>
        {
            json.WriteString("message"u8, "Workflow triggered successfully"u8);
            json.WritePropertyName("execution"u8);
            ExecutionJson.Write(json, execution);
        });
    }

    /// <summary><c>GET /workflows/{workflow_id}/executions</c></summary>
    public Task ListOfWorkflowAsync(RequestContext request)
    {
        var errors = new ValidationErrors();
        return ListAsync(request, PathFields.RequiredInteger(errors, "workflow_id", request.RouteValues[0], long.MinValue, long.MaxValue), errors);
    }

    /// <summary><c>GET /workflows/executions</c></summary>
    public Task ListAllAsync(RequestContext request) => ListAsync(request, workflow: null, new ValidationErrors());

    /// <summary><c>GET /workflows/executions/{execution_id}</c></summary>
    public async Task GetAsync(RequestContext request)
    {
        if (await FileEndpoints.ReadIdAsync(request, "execution_id") is not { } id)
        {
            return;
        }
        var execution = await executions.FindAsync(id, request.Aborted);
        await (execution is null ? NotFound.WriteAsync(request.Http) : JsonReply.WriteAsync(request.Http, execution, static (json, execution) =>
        {
            json.WritePropertyName("execution"u8);
            ExecutionJson.Write(json, execution);
        }));
    }

    private Task ListAsync(RequestContext request, long? workflow, ValidationErrors errors) => Listing.WriteAsync(
        request, errors, (status, query) => executions.ListAsync(workflow, status, query.Skip, query.Limit, request.Aborted), workflow);
}
