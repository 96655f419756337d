using System.Text.Json;
using PyAirtable.Automation.Steps;

namespace PyAirtable.Automation.Workflows;

/// <summary>A step as its workflow describes it, read once for all runs that were claimed together.</summary>
internal sealed record PlannedStep
{
    /// <summary>The kind that runs its steps at once.</summary>
    public const string Parallel = "parallel";

    /// <summary>The kind that runs its steps for each item.</summary>
    public const string ForEach = "for_each";

    /// <summary>What is written of it.</summary>
    public required JsonElement Json { get; init; }

    /// <summary>Its name as any JSON value; <c>"Step 1"</c> where it has none.</summary>
    public required string Name { get; init; }

    /// <summary>Its name in the log.</summary>
    public required string Shown { get; init; }

    public required string Type { get; init; }

    /// <summary>What is written of it as text, cut where it is long; for records of steps that do not say what they were given.</summary>
    public required string Input { get; init; }

    /// <summary>What runs it; null for a kind that runs other steps, and where there is a fault.</summary>
    public IStep? Step { get; init; }

    public StepOptions Options { get; init; } = StepOptions.None;

    /// <summary>Whether the run goes on after it has failed.</summary>
    public bool ContinuesOnError { get; init; }

    /// <summary>Its own steps.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; init; } = [];

    /// <summary>How many of its steps, or of its items, are under way at once.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>Why it cannot be run.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether a start of it need not be stored before it begins.</summary>
    public bool IsImmediate => Step is null || Step.IsImmediate;
}
