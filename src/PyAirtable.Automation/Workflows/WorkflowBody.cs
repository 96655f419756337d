using System.Text.Json;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Scheduling;
using PyAirtable.Hosting.Requests;

namespace PyAirtable.Automation.Workflows;

/// <summary>The bodies of create and update (automation contract 1.5).</summary>
internal static class WorkflowBody
{
    private const int MaxName = 200;

    /// <summary>A new workflow; look at the errors before using it.</summary>
    public static Workflow ReadNew(BodyFields fields, DateTime now)
    {
        var name = fields.Text("name", minLength: 1, maxLength: MaxName);
        var description = fields.OptionalText("description");
        var config = fields.ObjectValueOrAbsent("config");
        var triggers = fields.ObjectsOrAbsent("triggers");
        return new Workflow
        {
            Name = name,
            Description = description,
            Config = JsonReply.Compact(config, "{}"),
            Triggers = JsonReply.Compact(triggers, "[]"),
            CronExpression = fields.OptionalText("cron_expression") is { Length: > 0 } cron ? cron : null,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    /// <summary>A change with its status as the client wrote it; look at the errors before using it.</summary>
    public static WorkflowChange ReadChange(BodyFields fields) => new()
    {
        Name = fields.OptionalText("name", minLength: 1, maxLength: MaxName),
        Description = fields.OptionalText("description"),
        Config = Compact(fields.OptionalObject("config")),
        Triggers = Compact(fields.OptionalObjects("triggers")),
        CronExpression = fields.OptionalText("cron_expression"),
        Status = fields.OptionalText("status"),
        IsEnabled = fields.OptionalBoolean("is_enabled"),
    };

    /// <summary>Whether an expression is stored: a valid one, or none.</summary>
    public static bool IsGoodCron(string? expression) => string.IsNullOrEmpty(expression) || CronSchedule.TryParse(expression) is not null;

    private static string? Compact(JsonElement? value) => value is { } given ? JsonReply.Compact(given, "null") : null;
}
