using Cronos;
using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.Scheduling;

/// <summary>
/// A cron expression in croniter's syntax (automation contract 4.2): five fields, or six with the seconds last. Cronos finds the
/// times; where both day fields are restricted, croniter takes either while Cronos wants both, so there is one Cronos expression a day rule.
/// </summary>
internal sealed class CronSchedule
{
    /// <summary>Longest expression that is stored.</summary>
    public const int MaxLength = 100;

    private const int FieldsWithoutSeconds = 5;
    private const int FieldsWithSeconds = 6;

    private readonly List<CronExpression> _expressions;

    private CronSchedule(List<CronExpression> expressions) => _expressions = expressions;

    /// <summary>The schedule of an expression; null when it is none.</summary>
    public static CronSchedule? TryParse(string? expression)
    {
        if (expression is null || expression.Length > MaxLength)
        {
            return null;
        }
        var fields = Expand(expression.Trim()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length is not (FieldsWithoutSeconds or FieldsWithSeconds))
        {
            return null;
        }
        var minute = CronField.Parse(fields[0], CronField.Minute);
        var hour = CronField.Parse(fields[1], CronField.Hour);
        var day = CronField.Parse(fields[2], CronField.Day);
        var month = CronField.Parse(fields[3], CronField.Month);
        var weekday = CronField.Parse(fields[4], CronField.Weekday);
        var second = fields.Length == FieldsWithSeconds ? CronField.Parse(fields[5], CronField.Second) : ["0"];
        if (minute is null || hour is null || day is null || month is null || weekday is null || second is null)
        {
            return null;
        }
        List<CronExpression> expressions = [];
        foreach (var (dayOfMonth, dayOfWeek) in DayRules(day, weekday))
        {
            expressions.Add(CronExpression.Parse($"{second[0]} {minute[0]} {hour[0]} {dayOfMonth} {month[0]} {dayOfWeek}", CronFormat.IncludeSeconds));
        }
        return new(expressions);
    }

    /// <summary>
    /// The first time after <paramref name="time"/> by the clock of <paramref name="zone"/>, both in UTC; null when there is none. A time
    /// that the clock skips in spring comes at the end of the gap. Of the hour that it repeats in autumn, a time whose hour is named comes
    /// the first time only; one of every hour comes both times.
    /// </summary>
    public DateTime? NextAfter(DateTime time, TimeZoneInfo zone)
    {
        DateTime? first = null;
        foreach (var expression in _expressions)
        {
            if (expression.GetNextOccurrence(WireTime.Cut(time), zone) is { } next && !(next >= first))
            {
                first = next;
            }
        }
        return first;
    }

    private static IEnumerable<(string Day, string Weekday)> DayRules(IReadOnlyList<string> day, IReadOnlyList<string> weekday)
    {
        var anyDay = day is [CronField.Any];
        var anyWeekday = weekday is [CronField.Any];
        if (anyDay && anyWeekday)
        {
            return [(CronField.Any, CronField.Any)];
        }
        return (anyDay ? [] : day.Select(rule => (rule, CronField.Any))).Concat(anyWeekday ? [] : weekday.Select(rule => (CronField.Any, rule)));
    }

    private static string Expand(string expression) => expression.ToLowerInvariant() switch
    {
        "@hourly" => "0 * * * *",
        "@daily" or "@midnight" => "0 0 * * *",
        "@weekly" => "0 0 * * 0",
        "@monthly" => "0 0 1 * *",
        "@yearly" or "@annually" => "0 0 1 1 *",
        var fields => fields,
    };
}
