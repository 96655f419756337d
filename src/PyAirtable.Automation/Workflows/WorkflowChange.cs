namespace PyAirtable.Automation.Workflows;

/// <summary>An update of a workflow; null leaves a member as it is.</summary>
internal sealed record WorkflowChange
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Compact JSON.</summary>
    public string? Config { get; init; }

    /// <summary>Compact JSON.</summary>
    public string? Triggers { get; init; }

    /// <summary>A valid expression, or empty for none (D12).</summary>
    public string? CronExpression { get; init; }

    /// <summary>One of <see cref="WorkflowStatus"/>.</summary>
    public string? Status { get; init; }

    public bool? IsEnabled { get; init; }

    /// <summary>The workflow after this change. Its next run is computed anew when the expression changed or it came to be due again (D11).</summary>
    public Workflow Apply(Workflow to, DateTime now, TimeZoneInfo zone)
    {
        var cron = CronExpression is null ? to.CronExpression : CronExpression.Length == 0 ? null : CronExpression;
        var changed = to with
        {
            Name = Name ?? to.Name,
            Description = Description ?? to.Description,
            Config = Config ?? to.Config,
            Triggers = Triggers ?? to.Triggers,
            CronExpression = cron,
            Status = Status ?? to.Status,
            IsEnabled = IsEnabled ?? to.IsEnabled,
            UpdatedAt = now,
        };
        var reschedule = cron != to.CronExpression || (IsDue(changed) && !IsDue(to)) || to.NextRun is null;
        return reschedule ? changed with { NextRun = Scheduling.CronSchedule.TryParse(cron)?.NextAfter(now, zone) } : changed;
    }

    private static bool IsDue(Workflow workflow) => workflow is { Status: WorkflowStatus.Active, IsEnabled: true };
}
