using System.Text.Json;
using PyAirtable.Automation.Files;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Storage;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Automation.Statistics;

/// <summary>Numbers of files, workflows and executions (automation contract 1.4 and 1.5).</summary>
internal sealed class StatisticsEndpoints(StatisticsStore statistics, TimeProvider clock)
{
    /// <summary><c>GET /files/stats/summary</c></summary>
    public async Task FilesAsync(RequestContext request)
    {
        var found = await statistics.ReadFilesAsync(WireTime.Now(clock), request.Aborted);
        await JsonReply.WriteAsync(request.Http, found, static (json, found) =>
        {
            json.WriteStartObject("statistics"u8);
            json.WriteNumber("total_files"u8, found.ByStatus.Sum(row => row.Count));
            WriteBreakdown(json, "status_breakdown"u8, FileStatus.All, found.ByStatus);
            json.WriteNumber("total_size_bytes"u8, found.Bytes);
            json.WriteNumber("recent_uploads_24h"u8, found.Recent);
            json.WriteEndObject();
        });
    }

    /// <summary><c>GET /workflows/stats/summary</c></summary>
    public async Task WorkflowsAsync(RequestContext request)
    {
        var found = await statistics.ReadWorkflowsAsync(WireTime.Now(clock), request.Aborted);
        await JsonReply.WriteAsync(request.Http, found, static (json, found) =>
        {
            json.WriteStartObject("statistics"u8);
            json.WriteNumber("total_workflows"u8, found.Workflows.Sum(row => row.Count));
            WriteBreakdown(json, "workflow_status_breakdown"u8, WorkflowStatus.All, found.Workflows);
            json.WriteNumber("total_executions"u8, found.Executions.Sum(row => row.Count));
            WriteBreakdown(json, "execution_status_breakdown"u8, ExecutionStatus.All, found.Executions);
            json.WriteNumber("recent_executions_24h"u8, found.Recent);
            json.WriteEndObject();
        });
    }

    // All statuses, those that do not occur too.
    private static void WriteBreakdown(Utf8JsonWriter json, ReadOnlySpan<byte> name, StatusNames statuses, IReadOnlyList<StatusCount> counts)
    {
        json.WriteStartObject(name);
        foreach (var status in statuses.Shown)
        {
            json.WriteNumber(status, counts.FirstOrDefault(row => row.Status.Equals(status, StringComparison.OrdinalIgnoreCase))?.Count ?? 0);
        }
        json.WriteEndObject();
    }
}
