namespace PyAirtable.Automation.Scheduling;

/// <summary>When workflows with a cron expression run.</summary>
/// <param name="Interval">Longest time between two looks at the table; a run that is due earlier is not late by it.</param>
/// <param name="Zone">Whose clock the expressions are about.</param>
/// <param name="RunsMissed">Whether a run whose time passed while nobody looked is made up for, once however many there were.</param>
/// <param name="KeptExecutions">Executions of a workflow that are kept, the newest.</param>
internal sealed record ScheduleTerms(TimeSpan Interval, TimeZoneInfo Zone, bool RunsMissed, int KeptExecutions)
{
    /// <summary>Lateness from which on a run counts as missed: more than the looks at the table explain.</summary>
    public TimeSpan MissedAfter => Interval + TimeSpan.FromSeconds(5);
}
