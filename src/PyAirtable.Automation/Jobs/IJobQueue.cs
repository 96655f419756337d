namespace PyAirtable.Automation.Jobs;

/// <summary>Jobs that are rows of a table, claimed under a lease.</summary>
/// <typeparam name="TJob">A claimed job; it carries its lease's owner.</typeparam>
internal interface IJobQueue<TJob>
    where TJob : class
{
    /// <summary>Settles what abandoned workers left behind.</summary>
    Task RecoverAsync(CancellationToken cancel);

    /// <summary>Takes the next job under a lease of <paramref name="owner"/>; null when there is none.</summary>
    Task<TJob?> ClaimAsync(string owner, CancellationToken cancel);

    /// <summary>Lengthens the lease; false when it is lost.</summary>
    Task<bool> RenewAsync(TJob job, CancellationToken cancel);

    /// <summary>Does the job and stores its outcome.</summary>
    /// <exception cref="LeaseLostException">The lease was lost on the way.</exception>
    Task RunAsync(TJob job, CancellationToken cancel);

    /// <summary>Settles a job that the end of the process cut short.</summary>
    Task HandBackAsync(TJob job, CancellationToken cancel);
}
