using System.Text.Json;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Airtable;

/// <summary>Tables in a base's schema.</summary>
internal static class TableSchema
{
    /// <summary>The first table with that id, or exactly that name.</summary>
    /// <exception cref="ToolFailedException">There is none.</exception>
    public static JsonElement Find(JsonElement schema, string table)
    {
        foreach (var known in BuiltJson.Items(schema, "tables"))
        {
            if (BuiltJson.Text(known, "id") == table || BuiltJson.Text(known, "name") == table)
            {
                return known;
            }
        }
        throw new ToolFailedException($"Table '{table}' not found");
    }
}
