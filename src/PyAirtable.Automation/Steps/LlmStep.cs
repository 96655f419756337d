using System.Text.Json;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Upstreams;

namespace PyAirtable.Automation.Steps;

/// <summary>
/// <c>llm</c>: gives <c>prompt</c> to the LLM orchestrator's chat; the result is its answer (upstream contract 2.2). Steps of one run share a
/// session unless they name one. It is not tried again: a model's answer costs.
/// </summary>
/// <param name="orchestrator">The LLM orchestrator.</param>
/// <param name="defaultBase">Base of steps that name none; empty for none.</param>
internal sealed class LlmStep(UpstreamService orchestrator, string defaultBase) : IStep
{
    private const string SessionOfRun = "workflow-{workflow_id}-execution-{execution_id}";

    public async Task<string> RunAsync(JsonElement step, StepContext context, CancellationToken cancel)
    {
        var prompt = StepFields.Text(step, "prompt", context) ?? throw new StepFailedException("No prompt specified for LLM step");
        var session = StepFields.Text(step, "session_id", context) ?? context.Fill(SessionOfRun);
        var @base = StepFields.Text(step, "base_id", context) ?? defaultBase;
        var body = JsonReply.Bytes((prompt, session, @base), static (json, chat) =>
        {
            json.WriteString("message"u8, chat.prompt);
            json.WriteString("session_id"u8, chat.session);
            if (chat.@base.Length > 0)
            {
                json.WriteString("base_id"u8, chat.@base);
            }
        });
        var answer = await UpstreamStep.CallAsync(orchestrator, "LLM", "/chat", body, context, cancel);
        return JsonReply.Compact(answer, "{}");
    }
}
