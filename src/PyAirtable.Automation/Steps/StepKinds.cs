using System.Net;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Outbound;
using PyAirtable.Automation.Storage;
using PyAirtable.Automation.Upstreams;

namespace PyAirtable.Automation.Steps;

/// <summary>All kinds of steps by their <c>type</c>.</summary>
internal static class StepKinds
{
    // One request (automation contract 8.1). A model may think for longer, and a tool may make several requests (upstream contract 5.4).
    private static readonly TimeSpan AirtableLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LlmLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan McpLimit = TimeSpan.FromSeconds(120);

    /// <summary>Makes them.</summary>
    /// <param name="settings">Where services are, and what may be reached.</param>
    /// <param name="files">The files.</param>
    /// <param name="extractions">Wakes the worker that extracts.</param>
    /// <param name="upstreams">Connections to the product's other services.</param>
    /// <param name="outbound">Makes workflows' own requests.</param>
    /// <param name="clock">The clock.</param>
    public static Dictionary<string, IStep> Create(
        AutomationSettings settings, FileStore files, WorkSignal extractions, UpstreamConnections upstreams, OutboundClient outbound, TimeProvider clock)
    {
        var records = new AirtableRecords(new(settings.AirtableGatewayUrls, AirtableLimit, upstreams, clock), clock);
        return new()
        {
            ["log"] = new LogStep(),
            ["condition"] = new ConditionStep(),
            ["delay"] = new DelayStep(clock),
            ["file_process"] = new FileProcessStep(files, extractions, clock),
            ["airtable_create"] = new AirtableCreateStep(records, settings.AirtableBaseId),
            ["airtable_update"] = new AirtableUpdateStep(records, settings.AirtableBaseId),
            ["http_request"] = new HttpRequestStep(outbound),
            ["llm"] = new LlmStep(new(settings.LlmOrchestratorUrls, LlmLimit, upstreams, clock), settings.AirtableBaseId),
            ["mcp_tool"] = new McpToolStep(new(settings.McpServerUrls, McpLimit, upstreams, clock)),
        };
    }
}
