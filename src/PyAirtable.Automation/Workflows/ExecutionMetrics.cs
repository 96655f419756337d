using Prometheus;
using PyAirtable.Hosting.Metrics;

namespace PyAirtable.Automation.Workflows;

/// <summary>What is counted of executions.</summary>
internal sealed class ExecutionMetrics
{
    private static readonly double[] SecondBuckets = [.001, .005, .025, .1, .5, 1, 5, 30, 120, 600, 3600];

    private readonly Counter _claimed;
    private readonly Counter _finished;
    private readonly Counter _lost;
    private readonly Histogram _steps;

    public ExecutionMetrics(ServiceMetrics metrics)
    {
        var factory = metrics.Factory;
        _claimed = factory.CreateCounter("pyairtable_workflows_claimed_total", "Workflow executions that this process claimed.");
        _finished = factory.CreateCounter("pyairtable_workflows_finished_total", "Workflow executions that ended here, by how.", ["status"]);
        _lost = factory.CreateCounter("pyairtable_workflows_leases_lost_total", "Workflow executions that were taken away while they ran here: their lease ended, or they were cancelled or deleted.");
        _steps = factory.CreateHistogram("pyairtable_workflow_step_seconds", "Time of one try of a step.", ["type"], new() { Buckets = SecondBuckets });
    }

    /// <summary>So many were claimed.</summary>
    public void Claimed(int count) => _claimed.Inc(count);

    /// <summary>One ended; its end is stored.</summary>
    public void Finished(ExecutionOutcome outcome) => _finished.WithLabels(outcome.Status.ToLowerInvariant()).Inc();

    /// <summary>One was taken away.</summary>
    public void Lost() => _lost.Inc();

    /// <summary>A step was tried. Its kind is one of those that exist.</summary>
    public void StepTook(PlannedStep step, TimeSpan time) => _steps.WithLabels(step.Type).Observe(time.TotalSeconds);
}
