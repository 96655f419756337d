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
        Assert.Equal(expected, CronSchedule.TryParse(expression)?.NextAfter(Start)?.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));

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
    public void NextAfter_NoSuchDay_IsNull(string expression) => Assert.Null(CronSchedule.TryParse(expression)!.NextAfter(Start));

    [Fact]
    public void TryParse_LongerThanItsColumn_IsNull() => Assert.Null(CronSchedule.TryParse("* * * * *" + new string(' ', 92)));
}
