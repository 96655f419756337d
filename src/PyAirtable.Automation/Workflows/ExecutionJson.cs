using System.Text.Json;
using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.Workflows;

/// <summary>An execution's record as JSON (automation contract 1.2).</summary>
internal static class ExecutionJson
{
    /// <summary>The record as lists have it.</summary>
    public static void Write(Utf8JsonWriter json, Execution execution) => Write(json, execution, steps: null);

    /// <summary>The record, and where they are asked for what its steps did.</summary>
    public static void Write(Utf8JsonWriter json, Execution execution, IReadOnlyList<StepRecord>? steps)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, execution.Id);
        json.WriteNumber("workflow_id"u8, execution.WorkflowId);
        json.WriteString("status"u8, execution.Status.ToLowerInvariant());
        json.WriteString("trigger_type"u8, execution.TriggerType);
        JsonReply.WriteRaw(json, "trigger_data"u8, execution.TriggerData);
        JsonReply.WriteNumber(json, "triggered_file_id"u8, execution.TriggeredFileId);
        JsonReply.WriteRaw(json, "result"u8, execution.Result);
        json.WriteString("error_message"u8, execution.ErrorMessage);
        json.WriteString("logs"u8, execution.Logs);
        WireTime.Write(json, "started_at"u8, execution.StartedAt);
        WireTime.Write(json, "completed_at"u8, execution.CompletedAt);
        JsonReply.WriteNumber(json, "duration"u8, execution.Duration);
        WireTime.Write(json, "created_at"u8, execution.CreatedAt);
        WireTime.Write(json, "updated_at"u8, execution.UpdatedAt);
        if (steps is not null)
        {
            json.WriteStartArray("steps"u8);
            foreach (var step in steps)
            {
                StepRecord.Write(json, step);
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
