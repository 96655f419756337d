using System.Globalization;
using System.Text;
using PyAirtable.Cost.Model;

namespace PyAirtable.Cost.Reports;

/// <summary>Bills for a terminal.</summary>
internal static class TextReport
{
    private const int BarWidth = 40;

    /// <summary>Writes it.</summary>
    public static string Write(IReadOnlyList<Bill> bills, Inputs inputs)
    {
        var text = new StringBuilder();
        foreach (var bill in bills)
        {
            text.AppendLine(bill.Stack.Name);
            foreach (var line in bill.Lines)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {line.Name,-26} ${line.Usd,8:0.00}  {line.Arithmetic}");
            }

            text.AppendLine(CultureInfo.InvariantCulture, $"  {"a month",-26} ${bill.Total,8:0.00}  ${bill.PerMillion:0.00} a million requests").AppendLine();
        }

        var most = Math.Max(Plan.All.Max(static plan => plan.Usd), bills.Max(static bill => bill.Total));
        foreach (var (name, usd) in bills.Select(static bill => (bill.Stack.Name, bill.Total)).Concat(Plan.All.Select(static plan => (plan.Name, plan.Usd))))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{name,-60} ${usd,7:0} {new string('█', (int)Math.Round(usd / most * BarWidth))}");
        }

        return text.AppendLine().AppendLine(Sources.Text(inputs)).ToString();
    }
}
