using Microsoft.AspNetCore.Http;
using PyAirtable.Automation.Files;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Scheduling;
using PyAirtable.Automation.Storage;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Automation.Workflows;

/// <summary>Creates, lists, shows, changes and deletes workflows (automation contract 1.5).</summary>
/// <param name="workflows">The workflows.</param>
/// <param name="notices">Told of runs that have to stop.</param>
/// <param name="scheduled">Told of times that are planned anew.</param>
/// <param name="zone">Whose clock cron expressions are about.</param>
/// <param name="clock">The clock.</param>
internal sealed class WorkflowEndpoints(WorkflowStore workflows, ExecutionNotices notices, WorkSignal scheduled, TimeZoneInfo zone, TimeProvider clock)
{
    /// <summary>Bytes of a JSON body at most.</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    private static readonly PreparedAnswer NotFound = DetailError.Prepare(StatusCodes.Status404NotFound, "Workflow not found");

    private static readonly ListReply<Workflow> Listing = new("workflows", WorkflowStatus.Stored, WorkflowJson.Write);

    /// <summary><c>POST /workflows</c></summary>
    public async Task CreateAsync(RequestContext request)
    {
        var http = request.Http;
        var body = await JsonBody.ReadAsync(http, MaxBodyBytes, request.Aborted);
        var errors = new ValidationErrors();
        var now = WireTime.Now(clock);
        var workflow = body.Fault is null ? WorkflowBody.ReadNew(body.Fields(errors), now) : null;
        if (workflow is null || errors.Any)
        {
            await (body.Fault?.WriteAsync(http) ?? errors.WriteAsync(http));
        }
        else if (!WorkflowBody.IsGoodCron(workflow.CronExpression))
        {
            await RefuseCronAsync(http, workflow.CronExpression!);
        }
        else
        {
            var planned = workflow with { NextRun = CronSchedule.TryParse(workflow.CronExpression)?.NextAfter(now, zone) };
            var stored = await workflows.InsertAsync(planned, request.Aborted);
            scheduled.Notify();
            await JsonReply.WriteAsync(http, ("Workflow created successfully", stored), WorkflowJson.WriteReply);
        }
    }

    /// <summary><c>GET /workflows</c></summary>
    public Task ListAsync(RequestContext request) => Listing.WriteAsync(
        request, new ValidationErrors(), (status, query) => workflows.ListAsync(status, query.Skip, query.Limit, request.Aborted));

    /// <summary><c>GET /workflows/{workflow_id}</c></summary>
    public async Task GetAsync(RequestContext request)
    {
        if (await FileEndpoints.ReadIdAsync(request, "workflow_id") is not { } id)
        {
            return;
        }
        var workflow = await workflows.FindAsync(id, request.Aborted);
        await (workflow is null ? NotFound.WriteAsync(request.Http) : JsonReply.WriteAsync(request.Http, ((string?)null, workflow), WorkflowJson.WriteReply));
    }

    /// <summary><c>PUT /workflows/{workflow_id}</c></summary>
    public async Task UpdateAsync(RequestContext request)
    {
        var http = request.Http;
        var body = await JsonBody.ReadAsync(http, MaxBodyBytes, request.Aborted);
        var errors = new ValidationErrors();
        var id = PathFields.RequiredInteger(errors, "workflow_id", request.RouteValues[0], long.MinValue, long.MaxValue);
        var change = body.Fault is null ? WorkflowBody.ReadChange(body.Fields(errors)) : null;
        if (change is null || errors.Any)
        {
            await (body.Fault?.WriteAsync(http) ?? errors.WriteAsync(http));
            return;
        }
        // Unknown workflows come before what is wrong with the values.
        if (await workflows.FindAsync(id, request.Aborted) is null)
        {
            await NotFound.WriteAsync(http);
        }
        else if (!WorkflowBody.IsGoodCron(change.CronExpression))
        {
            await RefuseCronAsync(http, change.CronExpression!);
        }
        else if (change.Status is { } status && WorkflowStatus.Stored(status) is null)
        {
            await DetailError.WriteAsync(http, StatusCodes.Status400BadRequest, $"'{status}' is not a valid WorkflowStatus");
        }
        else
        {
            var stored = change with { Status = change.Status is { } wire ? WorkflowStatus.Stored(wire) : null };
            var workflow = await workflows.UpdateAsync(id, stored, WireTime.Now(clock), zone, request.Aborted);
            scheduled.Notify();
            await (workflow is null ? NotFound.WriteAsync(http) : JsonReply.WriteAsync(http, ("Workflow updated successfully", workflow), WorkflowJson.WriteReply));
        }
    }

    /// <summary><c>DELETE /workflows/{workflow_id}</c></summary>
    public async Task DeleteAsync(RequestContext request)
    {
        if (await FileEndpoints.ReadIdAsync(request, "workflow_id") is not { } id)
        {
            return;
        }
        if (!await workflows.DeleteAsync(id, request.Aborted))
        {
            await NotFound.WriteAsync(request.Http);
            return;
        }
        notices.Stop();
        await JsonReply.WriteAsync(request.Http, id, static (json, id) =>
        {
            json.WriteString("message"u8, "Workflow deleted successfully"u8);
            json.WriteNumber("workflow_id"u8, id);
        });
    }

    private static Task RefuseCronAsync(HttpContext http, string expression) =>
        DetailError.WriteAsync(http, StatusCodes.Status400BadRequest, $"Invalid cron expression: {expression}");
}
