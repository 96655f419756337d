namespace PyAirtable.Automation.Jobs;

/// <summary>How long a worker may be silent before its job counts as abandoned, and how often it speaks.</summary>
internal static class LeaseTerms
{
    /// <summary>Life of a lease from its claim or last renewal.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    /// <summary>Time between two renewals: two may fail before the lease ends.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);

    /// <summary>Time between two looks at the queue when no signal comes, for jobs of other processes.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
}
