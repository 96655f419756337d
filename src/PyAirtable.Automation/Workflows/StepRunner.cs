using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Steps;

namespace PyAirtable.Automation.Workflows;

/// <summary>
/// Runs steps (automation contract 3.1), those within steps too. A step that changes things outside, or takes long, is on disk as begun
/// before it begins; that it is done is on disk before the next such step begins. What is on disk as done is not done again.
/// </summary>
internal sealed partial class StepRunner(ExecutionMetrics metrics, TimeProvider clock, ILogger log)
{
    // Steps that one for_each step may run in all.
    private const int MaxRuns = 10_000;

    /// <summary>Runs a list in order, up to the first failure that is not to be passed over, or a condition that ends it.</summary>
    /// <param name="journal">Where what they do is kept.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="prefix">What stands before their numbers in their paths: nothing, or <c>3.1.</c>.</param>
    /// <param name="known">What stands before their numbers in the names of their results: nothing, or <c>3_</c>.</param>
    /// <param name="context">What they may name.</param>
    /// <param name="cancel">Ends them.</param>
    public async Task<StepsOutcome> RunInOrderAsync(RunJournal journal, IReadOnlyList<PlannedStep> steps, string prefix, string known, StepContext context, CancellationToken cancel)
    {
        var results = new List<StepResult>(steps.Count);
        foreach (var step in steps)
        {
            var number = results.Count + 1;
            var path = string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}");
            var result = await RunAsync(journal, step, number, path, string.Create(CultureInfo.InvariantCulture, $"{known}{number}"), context, cancel);
            results.Add(result);
            if (result.Error is { } error && !step.ContinuesOnError)
            {
                return new(results, path, error);
            }
            if (step.Options.StopsOnFalse && IsNotMet(result.Result))
            {
                journal.Log($"Stopped at step {path}: its condition is not met\n");
                break;
            }
        }
        return new(results);
    }

    private async Task<StepResult> RunAsync(RunJournal journal, PlannedStep step, int number, string path, string known, StepContext context, CancellationToken cancel)
    {
        if (journal.FindResult(path, step.Type) is { } kept)
        {
            context.Add(known, kept);
            return new(number, step.Name, kept, Error: null);
        }
        cancel.ThrowIfCancellationRequested();
        journal.Begin(path, step);
        var own = context.ForStep(path);
        try
        {
            if (step.Fault is not null)
            {
                throw new StepFailedException(step.Fault);
            }
            if (!step.IsImmediate)
            {
                await journal.SaveAsync(cancel);
            }
            var output = await TryAsync(journal, step, path, known, own, cancel);
            context.Add(known, output);
            journal.Complete(path, output, Bounded(own.Input));
            return new(number, step.Name, output, Error: null);
        }
        catch (Exception e) when (IsOfStep(e, cancel))
        {
            if (e is not StepFailedException)
            {
                LogStepFailed(e, own.IdempotencyKey);
            }
            var error = Describe(e);
            journal.Fail(path, error, Bounded(own.Input));
            return new(number, step.Name, Result: null, error);
        }
    }

    private async Task<string> TryAsync(RunJournal journal, PlannedStep step, string path, string known, StepContext own, CancellationToken cancel)
    {
        for (var retry = 0; ; retry++)
        {
            var began = clock.GetTimestamp();
            Exception failure;
            try
            {
                return await TryOnceAsync(journal, step, path, known, own, cancel);
            }
            catch (Exception e) when (retry < step.Options.Retries && IsOfStep(e, cancel))
            {
                failure = e;
            }
            finally
            {
                metrics.StepTook(step, clock.GetElapsedTime(began));
            }
            var wait = step.Options.WaitBefore(retry, Random.Shared.NextDouble());
            journal.Retry(path, Describe(failure), wait);
            await journal.SaveAsync(cancel);
            await Task.Delay(wait, clock, cancel);
        }
    }

    private async Task<string> TryOnceAsync(RunJournal journal, PlannedStep step, string path, string known, StepContext own, CancellationToken cancel)
    {
        if (step.Options.Timeout is not { } limit)
        {
            return await RunKindAsync(journal, step, path, known, own, cancel);
        }
        using var timer = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try
        {
            return await RunKindAsync(journal, step, path, known, own, either.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new StepFailedException(step.Options.TimedOut);
        }
    }

    private Task<string> RunKindAsync(RunJournal journal, PlannedStep step, string path, string known, StepContext own, CancellationToken cancel) => step.Type switch
    {
        _ when step.Step is { } kind => kind.RunAsync(step.Json, own, cancel),
        PlannedStep.Parallel => RunAtOnceAsync(journal, step, path, known, own, cancel),
        _ => RunForEachAsync(journal, step, path, known, own, cancel),
    };

    // A failed one does not stop the others, for they may be in the middle of something.
    private async Task<string> RunAtOnceAsync(RunJournal journal, PlannedStep step, string path, string known, StepContext context, CancellationToken cancel)
    {
        var results = new StepResult[step.Steps.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, results.Length), Bounds(step, cancel), async (i, token) =>
        {
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            results[i] = await RunAsync(journal, step.Steps[i], i + 1, $"{path}.{number}", $"{known}_{number}", context, token);
        });
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i].Error is { } error && !step.Steps[i].ContinuesOnError)
            {
                throw new StepFailedException(string.Create(CultureInfo.InvariantCulture, $"step {path}.{i + 1}: {error}"));
            }
        }
        return StepResult.Summarise(results);
    }

    // Items that have begun are finished after one has failed; no more are begun.
    private async Task<string> RunForEachAsync(RunJournal journal, PlannedStep step, string path, string known, StepContext context, CancellationToken cancel)
    {
        var items = ForEachItems.Read(step.Json, context);
        if (items.Count * step.Steps.Count > MaxRuns)
        {
            throw new StepFailedException($"for_each would run more than {MaxRuns} steps");
        }
        var results = new StepsOutcome?[items.Count];
        var isStopped = false;
        await Parallel.ForEachAsync(Enumerable.Range(0, results.Length), Bounds(step, cancel), async (i, token) =>
        {
            if (!Volatile.Read(ref isStopped))
            {
                var prefix = string.Create(CultureInfo.InvariantCulture, $"{path}.{i + 1}.");
                results[i] = await RunInOrderAsync(journal, step.Steps, prefix, $"{known}_", context.ForItem(items[i], i), token);
                if (results[i]!.Error is not null)
                {
                    Volatile.Write(ref isStopped, true);
                }
            }
        });
        return Array.Find(results, static result => result?.Error is not null) is { } failed
            ? throw new StepFailedException($"step {failed.FailedAt}: {failed.Error}")
            : StepsOutcome.Summarise(results);
    }

    private static ParallelOptions Bounds(PlannedStep step, CancellationToken cancel) => new() { MaxDegreeOfParallelism = step.Concurrency, CancellationToken = cancel };

    private static bool IsNotMet(string? result) => result is not null && JsonElement.Parse(result).TryGetProperty("condition_met", out var met) && met.ValueKind == JsonValueKind.False;

    private static string? Bounded(string? input) => input is null ? null : BoundedJson.Cut(input, WorkflowPlan.MaxInput);

    // What is wrong with the run itself ends the run.
    private static bool IsOfStep(Exception e, CancellationToken cancel) =>
        e is not (LeaseLostException or NotStoredException) && !(e is OperationCanceledException && cancel.IsCancellationRequested);

    private static string Describe(Exception e) => e is StepFailedException ? e.Message : "unexpected failure";

    [LoggerMessage(EventId = 60, Level = LogLevel.Error, Message = "step {Key} failed")]
    private partial void LogStepFailed(Exception error, string key);
}
