using PyAirtable.Mcp.Airtable;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.NativeTools;

/// <summary><c>search_records</c>: a formula that looks for the text in the given fields, or in all text fields of the table (upstream
/// contract 1.8 and M9).</summary>
internal sealed class SearchRecordsTool(AirtableGateway airtable, SchemaCache schemas) : INativeTool
{
    private const string DefaultCount = "50";

    // A request line that servers take.
    private const int LongestFormula = 12_000;

    private static readonly string[] TextTypes = ["singleLineText", "multilineText", "email", "url", "phoneNumber", "richText"];

    /// <inheritdoc/>
    public async Task<ToolOutcome> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var target = RecordTarget.Of(call);
        var fields = call.Optional("fields") is { } given && given.GetArrayLength() > 0
            ? [.. given.EnumerateArray().Select(static field => field.GetString()!)]
            : await TextFieldsAsync(call, cancel);
        var formula = Formula(call.Text("query"), fields);
        if (formula.Length > LongestFormula)
        {
            throw new ToolFailedException("The query is too long for the number of fields; search fewer fields or a shorter text");
        }
        var count = call.Optional("max_records")?.ToString() ?? DefaultCount;
        var path = $"{target.Records}?filter_by_formula={Uri.EscapeDataString(formula)}&max_records={Uri.EscapeDataString(count)}";
        return ToolOutcome.Of(await airtable.SendAsync(HttpMethod.Get, target.Base, path, null, call.Caller.TraceId, cancel));
    }

    /// <summary>The formula for a text in fields.</summary>
    /// <exception cref="ToolFailedException">A field's name has a brace in it.</exception>
    internal static string Formula(string query, IReadOnlyList<string> fields)
    {
        var text = query.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
        return $"OR({string.Join(", ", fields.Select(field => $"FIND(LOWER('{text}'), LOWER({{{Checked(field)}}})) > 0"))})";
    }

    private static string Checked(string field) => field.AsSpan().ContainsAny('{', '}')
        ? throw new ToolFailedException($"Field name '{field}' must not contain {{ or }}")
        : field;

    private async Task<List<string>> TextFieldsAsync(ToolCall call, CancellationToken cancel)
    {
        var schema = await schemas.GetAsync(SchemaKind.Plain, call.Text("base_id"), call.Caller.TraceId, cancel);
        var fields = BuiltJson.Items(TableSchema.Find(schema, call.Text("table_id")), "fields")
            .Where(static field => TextTypes.Contains(BuiltJson.Text(field, "type")))
            .Select(static field => BuiltJson.Text(field, "name") ?? "")
            .Where(static name => name.Length > 0 && !name.AsSpan().ContainsAny('{', '}'))
            .ToList();
        return fields.Count > 0 ? fields : throw new ToolFailedException($"Table '{call.Text("table_id")}' has no text fields to search; name the fields");
    }
}
