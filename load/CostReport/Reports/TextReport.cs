using System.Globalization;
using System.Text;
using PyAirtable.Cost.Model;

namespace PyAirtable.Cost.Reports;

/// <summary>Bills side by side for a terminal; <see cref="CostGoals"/> has their lines.</summary>
internal static class TextReport
{
    private const int BarWidth = 40;

    /// <summary>Writes it.</summary>
    public static string Write(IReadOnlyList<Bill> bills, Inputs inputs)
    {
        var text = new StringBuilder();
        var most = Math.Max(Plan.All.Max(static plan => plan.Usd), bills.Max(static bill => bill.Total));
        foreach (var (name, usd) in bills.Select(static bill => (bill.Stack.Name, bill.Total)).Concat(Plan.All.Select(static plan => (plan.Name, plan.Usd))))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{name,-60} ${usd,7:0} {new string('█', (int)Math.Round(usd / most * BarWidth))}");
        }

        return text.AppendLine().AppendLine(Sources.Text(inputs)).ToString();
    }
}
