using System.Text.Json;
using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.Workflows;

/// <summary>A workflow's record as JSON (automation contract 1.2).</summary>
internal static class WorkflowJson
{
    public static void Write(Utf8JsonWriter json, Workflow workflow)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, workflow.Id);
        json.WriteString("name"u8, workflow.Name);
        json.WriteString("description"u8, workflow.Description);
        JsonReply.WriteRaw(json, "config"u8, workflow.Config);
        JsonReply.WriteRaw(json, "triggers"u8, workflow.Triggers);
        json.WriteString("cron_expression"u8, workflow.CronExpression);
        WireTime.Write(json, "next_run"u8, workflow.NextRun);
        json.WriteString("status"u8, workflow.Status.ToLowerInvariant());
        json.WriteBoolean("is_enabled"u8, workflow.IsEnabled);
        json.WriteNumber("execution_count"u8, workflow.ExecutionCount);
        json.WriteNumber("success_count"u8, workflow.SuccessCount);
        json.WriteNumber("failure_count"u8, workflow.FailureCount);
        WireTime.Write(json, "last_execution_at"u8, workflow.LastExecutionAt);
        WireTime.Write(json, "created_at"u8, workflow.CreatedAt);
        WireTime.Write(json, "updated_at"u8, workflow.UpdatedAt);
        json.WriteEndObject();
    }

    /// <summary>The reply of routes that answer one workflow, with a message before it where there is one.</summary>
    public static void WriteReply(Utf8JsonWriter json, (string? Message, Workflow Workflow) reply)
    {
        if (reply.Message is not null)
        {
            json.WriteString("message"u8, reply.Message);
        }
        json.WritePropertyName("workflow"u8);
        Write(json, reply.Workflow);
    }
}
