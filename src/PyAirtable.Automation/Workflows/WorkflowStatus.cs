namespace PyAirtable.Automation.Workflows;

/// <summary>Statuses of a workflow as stored; clients see them in lower case.</summary>
internal static class WorkflowStatus
{
    public const string Active = "ACTIVE";
    public const string Inactive = "INACTIVE";
    public const string Paused = "PAUSED";

    /// <summary>The stored form of a client's status; null when it is none.</summary>
    public static string? Stored(string wire) => wire switch
    {
        "active" => Active,
        "inactive" => Inactive,
        "paused" => Paused,
        _ => null,
    };
}
