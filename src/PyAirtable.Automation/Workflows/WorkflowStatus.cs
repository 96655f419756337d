using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.Workflows;

/// <summary>Statuses of a workflow as stored; clients see them in lower case.</summary>
internal static class WorkflowStatus
{
    public const string Active = "ACTIVE";
    public const string Inactive = "INACTIVE";
    public const string Paused = "PAUSED";

    /// <summary>All of them.</summary>
    public static readonly StatusNames All = new(Active, Inactive, Paused);

    /// <summary>The stored form of a client's status; null when it is none.</summary>
    public static string? Stored(string shown) => All.Stored(shown);
}
