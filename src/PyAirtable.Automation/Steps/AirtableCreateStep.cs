using System.Text;
using System.Text.Json;
using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.Steps;

/// <summary><c>airtable_create</c>: makes a record (automation contract 3.6 and 8.1).</summary>
/// <param name="records">The records.</param>
/// <param name="defaultBase">Base of steps that name none; empty for none.</param>
internal sealed class AirtableCreateStep(AirtableRecords records, string defaultBase) : IStep
{
    public async Task<string> RunAsync(JsonElement step, StepContext context, CancellationToken cancel)
    {
        var target = AirtableTarget.Read(step, context, defaultBase);
        var fields = StepFields.Object(step, "fields", context);
        var answer = await records.CreateAsync(target, fields, context.IdempotencyKey, cancel);
        // An answer without an id is a success still: the record may be there, and a second try would make another.
        var id = answer.Json is { ValueKind: JsonValueKind.Object } record && record.TryGetProperty("id", out var found) && found.ValueKind == JsonValueKind.String
            ? JsonReply.Compact(found, "null")
            : "null";
        return JsonReply.Text((target.Table, fields, id), static (json, made) =>
        {
            json.WriteString("table"u8, made.Table);
            JsonReply.WriteRaw(json, "fields"u8, Encoding.UTF8.GetString(made.fields));
            JsonReply.WriteRaw(json, "record_id"u8, made.id);
            json.WriteBoolean("success"u8, true);
        });
    }
}
