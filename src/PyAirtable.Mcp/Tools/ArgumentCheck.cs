using System.Globalization;
using System.Text.Json;

namespace PyAirtable.Mcp.Tools;

/// <summary>
/// Arguments against a tool's schema: types, what is required, items of arrays, members of objects, enums and bounds. An optional argument that is
/// null counts as absent, as models send it so.
/// </summary>
internal static class ArgumentCheck
{
    private const int MostFaults = 10;

    // What the Airtable gateway takes (upstream contract 3.1, M15); the schemas have no bounds.
    private const string MaxRecords = "max_records";
    private const int MostRecords = 1000;

    /// <summary>The faults, those of the schema's order first; none where all is well.</summary>
    public static IReadOnlyList<ArgumentFault> Check(IDictionary<string, JsonElement> arguments, JsonElement schema)
    {
        var faults = new List<ArgumentFault>();
        foreach (var required in BuiltJson.Items(schema, "required"))
        {
            var name = required.GetString()!;
            if (!arguments.ContainsKey(name))
            {
                faults.Add(new(name, "is required", IsMissing: true));
            }
        }
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
            {
                if (arguments.TryGetValue(property.Name, out var value) && !(value.ValueKind == JsonValueKind.Null && !IsRequired(schema, property.Name)))
                {
                    CheckValue(value, property.Value, property.Name, faults);
                }
            }
        }
        if (arguments.TryGetValue(MaxRecords, out var count) && count.ValueKind == JsonValueKind.Number && !(count.TryGetDouble(out var number) && number is >= 1 and <= MostRecords))
        {
            faults.Add(new(MaxRecords, $"must be from 1 to {MostRecords}"));
        }
        return faults.Count <= MostFaults ? faults : faults[..MostFaults];
    }

    private static bool IsRequired(JsonElement schema, string name)
    {
        foreach (var required in BuiltJson.Items(schema, "required"))
        {
            if (required.ValueEquals(name))
            {
                return true;
            }
        }
        return false;
    }

    private static void CheckValue(JsonElement value, JsonElement schema, string path, List<ArgumentFault> faults)
    {
        if (faults.Count > MostFaults || schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }
        if (BuiltJson.Text(schema, "type") is { } type && !Is(value, type))
        {
            faults.Add(new(path, $"must be {Article(type)}, not {NameOf(value)}"));
            return;
        }
        if (schema.TryGetProperty("enum", out var choices) && choices.ValueKind == JsonValueKind.Array && !choices.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value)))
        {
            faults.Add(new(path, $"must be one of {choices.GetRawText()}"));
        }
        CheckBounds(value, schema, path, faults);
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                CheckValue(item, items, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), faults);
            }
        }
        if (value.ValueKind == JsonValueKind.Object)
        {
            CheckMembers(value, schema, path, faults);
        }
    }

    private static void CheckMembers(JsonElement value, JsonElement schema, string path, List<ArgumentFault> faults)
    {
        foreach (var required in BuiltJson.Items(schema, "required"))
        {
            if (!value.TryGetProperty(required.GetString()!, out _))
            {
                faults.Add(new($"{path}.{required.GetString()}", "is required", IsMissing: true));
            }
        }
        if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in properties.EnumerateObject())
            {
                if (value.TryGetProperty(property.Name, out var member))
                {
                    CheckValue(member, property.Value, $"{path}.{property.Name}", faults);
                }
            }
        }
    }

    private static void CheckBounds(JsonElement value, JsonElement schema, string path, List<ArgumentFault> faults)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            return;
        }
        if (schema.TryGetProperty("minimum", out var least) && value.GetDouble() < least.GetDouble())
        {
            faults.Add(new(path, $"must be {least.GetRawText()} or more"));
        }
        if (schema.TryGetProperty("maximum", out var most) && value.GetDouble() > most.GetDouble())
        {
            faults.Add(new(path, $"must be {most.GetRawText()} or less"));
        }
    }

    private static bool Is(JsonElement value, string type) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && Math.Floor(number) == number,
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => true,
    };

    private static string Article(string type) => type[0] is 'a' or 'i' or 'o' ? $"an {type}" : $"a {type}";

    private static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "this number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => "null",
    };
}
