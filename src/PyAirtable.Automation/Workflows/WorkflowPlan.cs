using System.Globalization;
using System.Text.Json;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Steps;

namespace PyAirtable.Automation.Workflows;

/// <summary>What a workflow's configuration says to do (automation contract 3.1). Nothing in it is refused before a run: a fault is that of its step.</summary>
internal sealed class WorkflowPlan
{
    private const int MaxDepth = 3;
    private const int MaxNested = 100;
    private const int MaxConcurrency = 16;
    private const int ParallelByDefault = 8;
    /// <summary>Characters of a step's input that are kept.</summary>
    public const int MaxInput = 16 * 1024;

    private const int MaxName = 1024;
    private const int MaxType = 50;

    // What a step that runs others may have; other kinds ignore what they do not know.
    private static readonly HashSet<string> Known = ["type", "name", "steps", "items", "concurrency", "continue_on_error", "retries", "retry_delay", "timeout"];

    private readonly IReadOnlyDictionary<string, IStep> _types;

    private WorkflowPlan(IReadOnlyDictionary<string, IStep> types) => _types = types;

    /// <summary>The steps; none is fine.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; private init; } = [];

    /// <summary>Why there is nothing that could be run.</summary>
    public string? Fault { get; private init; }

    /// <summary>Reads a stored configuration.</summary>
    /// <param name="config">A JSON object.</param>
    /// <param name="types">The kinds of steps by <c>type</c>.</param>
    public static WorkflowPlan Parse(string config, IReadOnlyDictionary<string, IStep> types)
    {
        try
        {
            var list = JsonElement.Parse(config).TryGetProperty("steps", out var configured) ? configured : default;
            if (!PythonText.IsTrue(list))
            {
                return new(types);
            }
            return list.ValueKind == JsonValueKind.Array
                ? new(types) { Steps = new WorkflowPlan(types).ReadAll(list, depth: 0) }
                : new(types) { Fault = "Workflow stopped at step 1: steps must be an array" };
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return new(types) { Fault = "Workflow stopped at step 1: the configuration is not valid Unicode" };
        }
    }

    private List<PlannedStep> ReadAll(JsonElement list, int depth)
    {
        var steps = new List<PlannedStep>(list.GetArrayLength());
        foreach (var step in list.EnumerateArray())
        {
            steps.Add(Read(step, steps.Count + 1, depth));
        }
        return steps;
    }

    private PlannedStep Read(JsonElement json, int number, int depth)
    {
        var isObject = json.ValueKind == JsonValueKind.Object;
        var hasName = isObject && json.TryGetProperty("name", out _);
        var type = isObject && json.TryGetProperty("type", out var given) ? PythonText.Of(given) : "None";
        var step = new PlannedStep
        {
            Json = json,
            Name = hasName ? JsonReply.Compact(json.GetProperty("name"), "null") : string.Create(CultureInfo.InvariantCulture, $"\"Step {number}\""),
            Shown = hasName ? BoundedJson.Text(PythonText.Of(json.GetProperty("name")), MaxName) : "Unnamed",
            Type = BoundedJson.Text(type, MaxType),
            Input = BoundedJson.Cut(json.GetRawText(), MaxInput),
            ContinuesOnError = isObject && json.TryGetProperty("continue_on_error", out var flag) && PythonText.IsTrue(flag),
        };
        try
        {
            if (!isObject)
            {
                throw new StepFailedException("a step must be an object");
            }
            return type is PlannedStep.Parallel or PlannedStep.ForEach
                ? ReadNested(step with { Options = StepOptions.Read(json) }, depth)
                : step with { Step = _types.GetValueOrDefault(type) ?? throw new StepFailedException($"Unknown step type: {type}"), Options = StepOptions.Read(json) };
        }
        catch (StepFailedException e)
        {
            return step with { Fault = e.Message };
        }
    }

    private PlannedStep ReadNested(PlannedStep step, int depth)
    {
        foreach (var member in step.Json.EnumerateObject())
        {
            if (!Known.Contains(member.Name) || (member.Name == "items" && step.Type == PlannedStep.Parallel))
            {
                throw new StepFailedException($"a {step.Type} step has no key {BoundedJson.Text(member.Name, MaxType)}");
            }
        }
        if (depth == MaxDepth)
        {
            throw new StepFailedException($"steps are nested more than {MaxDepth} deep");
        }
        if (!step.Json.TryGetProperty("steps", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > MaxNested)
        {
            throw new StepFailedException($"steps must be an array of 1 to {MaxNested} steps");
        }
        return step with { Steps = ReadAll(list, depth + 1), Concurrency = ReadConcurrency(step) };
    }

    private static int ReadConcurrency(PlannedStep step)
    {
        if (!step.Json.TryGetProperty("concurrency", out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return step.Type == PlannedStep.Parallel ? ParallelByDefault : 1;
        }
        return given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out var number) && number is >= 1 and <= MaxConcurrency
            ? number
            : throw new StepFailedException($"concurrency must be a whole number from 1 to {MaxConcurrency}");
    }
}
