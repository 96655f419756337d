using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.Workflows;

/// <summary>Statuses of an execution as stored; clients see them in lower case.</summary>
internal static class ExecutionStatus
{
    public const string Pending = "PENDING";
    public const string Running = "RUNNING";
    public const string Completed = "COMPLETED";
    public const string Failed = "FAILED";
    public const string Cancelled = "CANCELLED";

    /// <summary>All of them.</summary>
    public static readonly StatusNames All = new(Pending, Running, Completed, Failed, Cancelled);

    /// <summary>The stored form of a client's status; null when it is none.</summary>
    public static string? Stored(string shown) => All.Stored(shown);
}
