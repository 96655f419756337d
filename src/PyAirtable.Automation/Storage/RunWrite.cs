using PyAirtable.Automation.Workflows;

namespace PyAirtable.Automation.Storage;

/// <summary>What a run has done since its last write, or its end.</summary>
/// <param name="job">The run; nothing is written when its claim is no longer the newest.</param>
/// <param name="startedAt">When it began.</param>
/// <param name="lines">Lines to add to its log.</param>
/// <param name="steps">Records of steps that are new or changed.</param>
/// <param name="outcome">How it ended; null while it goes on.</param>
/// <param name="now">When.</param>
internal sealed class RunWrite(ExecutionJob job, DateTime startedAt, string lines, IReadOnlyList<StepRecord> steps, ExecutionOutcome? outcome, DateTime now) : ExecutionWrite
{
    public ExecutionJob Job => job;

    public DateTime StartedAt => startedAt;

    /// <summary>PostgreSQL takes no NUL in a text.</summary>
    public string Lines { get; } = Clean(lines)!;

    public IReadOnlyList<StepRecord> Steps => steps;

    public ExecutionOutcome? Outcome => outcome;

    public string Status => outcome?.Status ?? ExecutionStatus.Running;

    public string? Error { get; } = Clean(outcome?.Error);

    public DateTime Now => now;

    public DateTime? CompletedAt => outcome is null ? null : now;

    /// <summary>Seconds from its begin to its end.</summary>
    public double? Duration => outcome is null ? null : Math.Max(0, (now - startedAt).TotalSeconds);

    /// <summary>Set when the claim was no longer the newest, or the execution is gone: nothing was written.</summary>
    public bool IsLost { get; set; }

    public override int Weight { get; } = 256 + lines.Length + (outcome?.Result.Length ?? 0) + steps.Sum(static step => 256 + (step.Input?.Length ?? 0) + (step.Output?.Length ?? 0));

    /// <summary>The text as both engines take it.</summary>
    public static string? Clean(string? text) => text?.Replace('\0', '\uFFFD');
}
