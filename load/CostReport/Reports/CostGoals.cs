using System.Globalization;
using PyAirtable.Bench.Goals;
using PyAirtable.Cost.Model;

namespace PyAirtable.Cost.Reports;

/// <summary>Bills beside what they are to be at most.</summary>
internal static class CostGoals
{
    /// <summary>Tells them.</summary>
    public static void Tell(BenchReport report, IReadOnlyList<Bill> bills)
    {
        foreach (var bill in bills.Where(bill => bill.Stack.GoalUsd > 0))
        {
            report.AtMost($"a month: {bill.Stack.Name}", bill.Total, "USD", bill.Stack.GoalUsd);
        }
        foreach (var bill in bills)
        {
            report.Add(new Table(bill.Stack.Name, ["for a month", "USD"], [.. bill.Lines.Select(Row), Row(new("together", Text($"${bill.PerMillion:0.00} a million requests"), bill.Total))]));
        }
        foreach (var bill in bills)
        {
            report.Add($"a million requests: {bill.Stack.Name}", bill.PerMillion, "USD");
        }
        foreach (var plan in Plan.All)
        {
            report.Add($"a month: {plan.Name}", plan.Usd, "USD");
        }
    }

    private static string[] Row(BillLine line) => [$"{line.Name}: {line.Arithmetic}", Text($"{line.Usd:0.00}")];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
