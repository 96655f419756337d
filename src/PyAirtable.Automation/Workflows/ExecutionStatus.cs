namespace PyAirtable.Automation.Workflows;

/// <summary>Statuses of an execution as stored; clients see them in lower case.</summary>
internal static class ExecutionStatus
{
    public const string Pending = "PENDING";
    public const string Running = "RUNNING";
    public const string Completed = "COMPLETED";
    public const string Failed = "FAILED";
    public const string Cancelled = "CANCELLED";

    /// <summary>The stored form of a client's status; null when it is none.</summary>
    public static string? Stored(string wire) => wire switch
    {
        "pending" => Pending,
        "running" => Running,
        "completed" => Completed,
        "failed" => Failed,
        "cancelled" => Cancelled,
        _ => null,
    };
}
