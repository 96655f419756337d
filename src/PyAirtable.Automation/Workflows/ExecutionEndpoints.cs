using Microsoft.AspNetCore.Http;
using PyAirtable.Automation.Files;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Storage;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Automation.Workflows;

/// <summary>Starts executions, shows them, stops them and runs them again (automation contract 1.5).</summary>
/// <param name="executions">The executions.</param>
/// <param name="notices">Wakes the engine that runs them.</param>
/// <param name="clock">The clock.</param>
internal sealed class ExecutionEndpoints(ExecutionStore executions, ExecutionNotices notices, TimeProvider clock)
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
        await WriteAsync(request, "Workflow triggered successfully", execution);
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
        if (await executions.FindAsync(id, request.Aborted) is not { } execution)
        {
            await NotFound.WriteAsync(request.Http);
            return;
        }
        var steps = await executions.ListStepsAsync(id, request.Aborted);
        await JsonReply.WriteAsync(request.Http, (execution, steps), static (json, found) =>
        {
            json.WritePropertyName("execution"u8);
            ExecutionJson.Write(json, found.execution, found.steps);
        });
    }

    /// <summary><c>POST /workflows/executions/{execution_id}/cancel</c></summary>
    public async Task CancelAsync(RequestContext request)
    {
        if (await FileEndpoints.ReadIdAsync(request, "execution_id") is not { } id)
        {
            return;
        }
        var (execution, isFinished) = await executions.CancelAsync(id, WireTime.Now(clock), request.Aborted);
        if (execution is null)
        {
            await NotFound.WriteAsync(request.Http);
        }
        else if (isFinished)
        {
            await DetailError.WriteAsync(request.Http, StatusCodes.Status409Conflict, $"Execution {id} is already {execution.Status.ToLowerInvariant()}");
        }
        else
        {
            notices.Stop();
            await WriteAsync(request, execution.Status == ExecutionStatus.Cancelled ? "Execution cancelled" : "Execution is being cancelled", execution);
        }
    }

    /// <summary><c>POST /workflows/executions/{execution_id}/retry</c></summary>
    public async Task RetryAsync(RequestContext request)
    {
        if (await FileEndpoints.ReadIdAsync(request, "execution_id") is not { } id)
        {
            return;
        }
        var retried = await executions.RetryAsync(id, WireTime.Now(clock), request.Aborted);
        if (retried.Execution is null)
        {
            await NotFound.WriteAsync(request.Http);
        }
        else if (retried.Refusal is not null)
        {
            await DetailError.WriteAsync(request.Http, retried.IsWorkflowOff ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict, retried.Refusal);
        }
        else
        {
            notices.Work();
            await WriteAsync(request, "Execution is run again", retried.Execution);
        }
    }

    private static Task WriteAsync(RequestContext request, string message, Execution execution) => JsonReply.WriteAsync(request.Http, (message, execution), static (json, reply) =>
    {
        json.WriteString("message"u8, reply.message);
        json.WritePropertyName("execution"u8);
        ExecutionJson.Write(json, reply.execution);
    });

    private Task ListAsync(RequestContext request, long? workflow, ValidationErrors errors) => Listing.WriteAsync(
        request, errors, (status, query) => executions.ListAsync(workflow, status, query.Skip, query.Limit, request.Aborted), workflow);
}
