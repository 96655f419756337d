using System.Text.Json;
using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.Workflows;

/// <summary>What is kept of one step of an execution; it is replaced as the step goes on.</summary>
internal sealed record StepRecord
{
    public const string Running = "RUNNING";
    public const string Completed = "COMPLETED";
    public const string Failed = "FAILED";
    public const string Cancelled = "CANCELLED";

    // A result is shown in whole where the run's is.
    private const int MaxShown = 64 * 1024;

    /// <summary>The step's number; within other steps, the numbers on the way to it: <c>3.1</c>.</summary>
    public string Path { get; init; } = "";

    public string Type { get; init; } = "";

    /// <summary>Any JSON value.</summary>
    public string Name { get; init; } = "";

    /// <summary>One of the constants above.</summary>
    public string Status { get; init; } = Running;

    /// <summary>JSON: what the step was given.</summary>
    public string? Input { get; init; }

    /// <summary>A JSON object: its whole result, for a run that goes on after it needs it.</summary>
    public string? Output { get; init; }

    public string? Error { get; init; }

    /// <summary>How often it was begun, over all runs of the execution.</summary>
    public int Attempts { get; init; } = 1;

    public DateTime StartedAt { get; init; }

    public DateTime? CompletedAt { get; init; }

    /// <summary>Writes it as clients see it.</summary>
    public static void Write(Utf8JsonWriter json, StepRecord step)
    {
        json.WriteStartObject();
        json.WriteString("path"u8, step.Path);
        JsonReply.WriteRaw(json, "name"u8, step.Name);
        json.WriteString("type"u8, step.Type);
        json.WriteString("status"u8, step.Status.ToLowerInvariant());
        json.WriteNumber("attempts"u8, step.Attempts);
        JsonReply.WriteRaw(json, "input"u8, step.Input ?? "null");
        JsonReply.WriteRaw(json, "output"u8, step.Output is null ? "null" : BoundedJson.Cut(step.Output, MaxShown));
        json.WriteString("error"u8, step.Error);
        WireTime.Write(json, "started_at"u8, step.StartedAt);
        WireTime.Write(json, "completed_at"u8, step.CompletedAt);
        json.WriteEndObject();
    }
}
