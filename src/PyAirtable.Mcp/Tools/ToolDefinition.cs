using System.Text.Json;

namespace PyAirtable.Mcp.Tools;

/// <summary>A tool as clients see it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does, for a model.</param>
/// <param name="InputSchema">JSON schema of its arguments: an object.</param>
internal sealed record ToolDefinition(string Name, string Description, JsonElement InputSchema)
{
    /// <summary>Reads one; null where it is none.</summary>
    public static ToolDefinition? Read(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
        && json.TryGetProperty("inputSchema", out var schema) && schema.ValueKind == JsonValueKind.Object
            ? new(name.GetString()!, json.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "", schema)
            : null;

    /// <summary>Whether two are the same to a client.</summary>
    public bool IsSame(ToolDefinition other) =>
        Name == other.Name && Description == other.Description && JsonElement.DeepEquals(InputSchema, other.InputSchema);
}
