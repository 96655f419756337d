using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Steps;
using PyAirtable.Automation.Storage;

namespace PyAirtable.Automation.Workflows;

/// <summary>Runs a workflow's steps one after the other (automation contract 3.1 and 3.7).</summary>
/// <param name="workflows">Where their configuration is.</param>
/// <param name="jobs">Where the log goes, line by line, before each step.</param>
/// <param name="files">Where the file is that started a run.</param>
/// <param name="steps">The kinds of steps by <c>type</c>.</param>
/// <param name="timeout">Time that a run may take.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">Where failures that clients see only in short go.</param>
internal sealed partial class WorkflowRun(
    WorkflowStore workflows,
    ExecutionJobStore jobs,
    FileStore files,
    IReadOnlyDictionary<string, IStep> steps,
    TimeSpan timeout,
    TimeProvider clock,
    ILogger log)
{
    private const string NoSteps = """{"message":"No steps configured"}""";

    /// <summary>Runs to the end.</summary>
    /// <exception cref="LeaseLostException">The run was taken away or deleted.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; running out of time is an outcome instead.</exception>
    public async Task<ExecutionOutcome> RunAsync(ExecutionJob job, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try
        {
            return await RunStepsAsync(job, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return ExecutionOutcome.Failure($"Execution timed out after {(long)timeout.TotalSeconds} seconds");
        }
    }

    private async Task<ExecutionOutcome> RunStepsAsync(ExecutionJob job, CancellationToken cancel)
    {
        var workflow = await workflows.FindAsync(job.WorkflowId, cancel) ?? throw new LeaseLostException();
        var config = JsonElement.Parse(workflow.Config);
        var list = config.TryGetProperty("steps", out var configured) ? configured : default;
        if (!PythonText.IsTrue(list))
        {
            return new(NoSteps, Error: null);
        }
        if (list.ValueKind != JsonValueKind.Array)
        {
            return ExecutionOutcome.Failure("Workflow stopped at step 1: steps must be an array");
        }
        var context = new StepContext(job, clock);
        await context.File.ReadAsync(files, cancel);
        var results = new List<StepResult>();
        foreach (var step in list.EnumerateArray())
        {
            var result = await RunStepAsync(job, step, results.Count + 1, context, cancel);
            results.Add(result);
            var goesOn = step.ValueKind == JsonValueKind.Object && step.TryGetProperty("continue_on_error", out var flag) && PythonText.IsTrue(flag);
            if (result.Error is not null && !goesOn)
            {
                return ExecutionOutcome.Failure($"Workflow stopped at step {result.Number}: {result.Error}");
            }
        }
        return new(StepResult.Summarise(results), Error: null);
    }

    private async Task<StepResult> RunStepAsync(ExecutionJob job, JsonElement step, int number, StepContext context, CancellationToken cancel)
    {
        var hasName = step.ValueKind == JsonValueKind.Object && step.TryGetProperty("name", out _);
        var shown = hasName ? PythonText.Of(step.GetProperty("name")) : "Unnamed";
        var name = hasName ? JsonReply.Compact(step.GetProperty("name"), "null") : string.Create(CultureInfo.InvariantCulture, $"\"Step {number}\"");
        await jobs.AppendLogAsync(job, $"Executing step {number}: {shown}\n", WireTime.Now(clock), cancel);
        try
        {
            var output = await Find(step).RunAsync(step, context.ForStep(number.ToString(CultureInfo.InvariantCulture)), cancel);
            context.Add(number, output);
            return new(number, name, output, Error: null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var error = e is StepFailedException ? e.Message : "unexpected failure";
            if (e is not StepFailedException)
            {
                LogStepFailed(e, job, number);
            }
            await jobs.AppendLogAsync(job, $"Step {number} failed: {error}\n", WireTime.Now(clock), cancel);
            return new(number, name, Result: null, error);
        }
    }

    private IStep Find(JsonElement step)
    {
        if (step.ValueKind != JsonValueKind.Object)
        {
            throw new StepFailedException("a step must be an object");
        }
        var type = step.TryGetProperty("type", out var given) ? PythonText.Of(given) : "None";
        return steps.GetValueOrDefault(type) ?? throw new StepFailedException($"Unknown step type: {type}");
    }

    [LoggerMessage(EventId = 60, Level = LogLevel.Error, Message = "{Job} failed at step {Number}")]
    private partial void LogStepFailed(Exception error, ExecutionJob job, int number);
}
