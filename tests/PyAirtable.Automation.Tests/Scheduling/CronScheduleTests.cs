using PyAirtable.Automation.Scheduling;

namespace PyAirtable.Automation.Tests.Scheduling;

public sealed class CronScheduleTests
{
    // A Wednesday.
    private static readonly DateTime Start = new(2025, 1, 15, 9, 31, 2, DateTimeKind.Utc);

    [Theory]
    [InlineData("* * * * *", "2025-01-15 09:32:00")]
    [InlineData("  */5  *  * * * ", "2025-01-15 09:35:00")]
    [InlineData("1,2,3 * * * *", "2025-01-15 10:01:00")]
    [InlineData("1-10/3 * * * *", "2025-01-15 10:01:00")]
    [InlineData("5/15 * * * *", "2025-01-15 09:35:00")]
    [InlineData("0 0 1 jan *", "2026-01-01 00:00:00")]
    [InlineData("0 0 * * MON,WED", "2025-01-20 00:00:00")]
    [InlineData("0 0 * * sun-mon", "2025-01-19 00:00:00")]
    [InlineData("0 9 * * 7", "2025-01-19 09:00:00")]
    [InlineData("0 9 * * 0", "2025-01-19 09:00:00")]
    [InlineData("0 9 * * 1-7", "2025-01-16 09:00:00")]
    [InlineData("0 9 * * 5-7", "2025-01-17 09:00:00")]
    [InlineData("0 0 L * *", "2025-01-31 00:00:00")]
    [InlineData("0 0 * * L5", "2025-01-31 00:00:00")]
    [InlineData("0 0 * * 5#2", "2025-02-14 00:00:00")]
    [InlineData("0 0 * * fri#3", "2025-01-17 00:00:00")]
    [InlineData("@hourly", "2025-01-15 10:00:00")]
    [InlineData("@daily", "2025-01-16 00:00:00")]
    [InlineData("@midnight", "2025-01-16 00:00:00")]
    [InlineData("@weekly", "2025-01-19 00:00:00")]
    [InlineData("@monthly", "2025-02-01 00:00:00")]
    [InlineData("@yearly", "2026-01-01 00:00:00")]
    [InlineData("@ANNUALLY", "2026-01-01 00:00:00")]
    [InlineData("0 0 15 * 1", "2025-01-20 00:00:00")]
    [InlineData("0 0 16 * 1", "2025-01-16 00:00:00")]
    [InlineData("0 0 */1 * 1", "2025-01-20 00:00:00")]
    [InlineData("* * * * * 30", "2025-01-15 09:31:30")]
    [InlineData("* * * * * */15", "2025-01-15 09:31:15")]
    public void NextAfter_AcceptedExpression_IsTheFirstTime(string expression, string expected) =>
        Assert.Equal(expected, CronSchedule.TryParse(expression)?.NextAfter(Start, TimeZoneInfo.Utc)?.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("")]
    [InlineData("bad")]
    [InlineData("* * * *")]
    [InlineData("* * * * * * *")]
    [InlineData("@reboot")]
    [InlineData("@every 5m")]
    [InlineData("? * * * *")]
    [InlineData("0 0 15W * *")]
    [InlineData("0 0 LW * *")]
    [InlineData("H * * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("0 0 0 * *")]
    [InlineData("0 0 1 13 *")]
    [InlineData("0 0 * * 8")]
    [InlineData("-1 * * * *")]
    [InlineData("5-1 * * * *")]
    [InlineData("0 22-4 * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("1, * * * *")]
    [InlineData("0 0 * * 5#6")]
    public void TryParse_RejectedExpression_IsNull(string expression) => Assert.Null(CronSchedule.TryParse(expression));

    [Theory]
    [InlineData("0 0 30 2 *")]
    [InlineData("0 0 31 4 *")]
    public void NextAfter_NoSuchDay_IsNull(string expression) => Assert.Null(CronSchedule.TryParse(expression)!.NextAfter(Start, TimeZoneInfo.Utc));

    [Fact]
    [Contract("D26")]
    public void TryParse_LongerThanItsColumn_IsNull() => Assert.Null(CronSchedule.TryParse("* * * * *" + new string(' ', 92)));

    // Berlin leaves 02:00 to 03:00 out on 2026-03-29, and has it twice on 2026-10-25.
    [Theory]
    [InlineData("0 9 * * *", "2026-03-28 12:00", "2026-03-29 07:00", "2026-03-30 07:00")]
    [InlineData("30 2 * * *", "2026-03-28 12:00", "2026-03-29 01:00", "2026-03-30 00:30")]
    [InlineData("30 2 * * *", "2026-10-24 12:00", "2026-10-25 00:30", "2026-10-26 01:30")]
    [InlineData("30 * * * *", "2026-10-25 00:00", "2026-10-25 00:30", "2026-10-25 01:30")]
    [InlineData("*/30 * * * *", "2026-10-25 00:30", "2026-10-25 01:00", "2026-10-25 01:30")]
    [InlineData("0 0 L * *", "2026-03-28 12:00", "2026-03-30 22:00", "2026-04-29 22:00")]
    public void NextAfter_InATimeZone_FollowsItsClock(string expression, string after, string first, string second)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var schedule = CronSchedule.TryParse(expression)!;

        var next = schedule.NextAfter(Utc(after), zone);

        Assert.Equal(Utc(first), next);
        Assert.Equal(Utc(second), schedule.NextAfter(next!.Value, zone));
    }

    private static DateTime Utc(string text) =>
        DateTime.SpecifyKind(DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
