using System.Text;
using System.Text.Json;
using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.Steps;

/// <summary><c>airtable_update</c>: changes fields of a record (automation contract 3.6 and 8.1).</summary>
/// <param name="records">The records.</param>
/// <param name="defaultBase">Base of steps that name none; empty for none.</param>
internal sealed class AirtableUpdateStep(AirtableRecords records, string defaultBase) : IStep
{
    public async Task<string> RunAsync(JsonElement step, StepContext context, CancellationToken cancel)
    {
        var target = AirtableTarget.Read(step, context, defaultBase);
        var record = StepFields.Text(step, "record_id", context) ?? throw new StepFailedException("No record ID specified for Airtable update step");
        var fields = StepFields.Object(step, "fields", context);
        await records.UpdateAsync(target, record, fields, context.IdempotencyKey, cancel);
        return JsonReply.Text((target.Table, record, fields), static (json, changed) =>
        {
            json.WriteString("table"u8, changed.Table);
            json.WriteString("record_id"u8, changed.record);
            JsonReply.WriteRaw(json, "fields"u8, Encoding.UTF8.GetString(changed.fields));
            json.WriteBoolean("success"u8, true);
        });
    }
}
