using System.Text.Json;

namespace PyAirtable.Automation.Steps;

/// <summary>The table that a step writes to.</summary>
/// <param name="Base">Id of the base.</param>
/// <param name="Table">Id or name of the table.</param>
internal sealed record AirtableTarget(string Base, string Table)
{
    /// <summary>Its path at the Airtable gateway (upstream contract 3.1).</summary>
    public string Path => $"/bases/{Segment(Base, "base_id")}/tables/{Segment(Table, "table")}";

    /// <summary>Reads <c>table</c> and <c>base_id</c> of a step; the latter may be left to the setting.</summary>
    /// <exception cref="StepFailedException">One is missing.</exception>
    public static AirtableTarget Read(JsonElement step, StepContext context, string defaultBase)
    {
        var table = StepFields.Text(step, "table", context) ?? throw new StepFailedException("No table specified for Airtable step");
        var id = StepFields.Text(step, "base_id", context) ?? defaultBase;
        return id.Length > 0 ? new(id, table) : throw new StepFailedException("No Airtable base ID configured");
    }

    /// <summary>A value as one segment of a path.</summary>
    /// <exception cref="StepFailedException">It would be taken for a step up the path.</exception>
    public static string Segment(string value, string name) =>
        value is "." or ".." ? throw new StepFailedException($"Invalid {name} for Airtable step") : Uri.EscapeDataString(value);
}
