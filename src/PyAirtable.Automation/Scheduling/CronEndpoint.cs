using PyAirtable.Automation.Replies;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Automation.Scheduling;

/// <summary><c>POST /workflows/validate-cron</c> (automation contract 4.2).</summary>
internal sealed class CronEndpoint(TimeZoneInfo zone, TimeProvider clock)
{
    private const int Shown = 5;

    public async Task ValidateAsync(RequestContext request)
    {
        var errors = new ValidationErrors();
        var expression = new QueryFields(request.Http.Request, errors).Text("cron_expression");
        if (errors.Any)
        {
            await errors.WriteAsync(request.Http);
            return;
        }
        var schedule = CronSchedule.TryParse(expression);
        await JsonReply.WriteAsync(request.Http, (expression, schedule, zone, now: clock.GetUtcNow().UtcDateTime), static (json, reply) =>
        {
            json.WriteString("cron_expression"u8, reply.expression);
            json.WriteBoolean("is_valid"u8, reply.schedule is not null);
            if (reply.schedule is null)
            {
                json.WriteString("error"u8, "Invalid cron expression"u8);
                return;
            }
            json.WriteStartArray("next_runs"u8);
            var next = reply.schedule.NextAfter(reply.now, reply.zone);
            for (var i = 0; i < Shown && next is { } time; i++)
            {
                json.WriteStringValue(WireTime.Text(time));
                next = reply.schedule.NextAfter(time, reply.zone);
            }
            json.WriteEndArray();
        });
    }
}
