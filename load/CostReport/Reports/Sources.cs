using PyAirtable.Cost.Model;

namespace PyAirtable.Cost.Reports;

/// <summary>Where figures are from.</summary>
internal static class Sources
{
    /// <summary>One line.</summary>
    public static string Text(Inputs inputs) =>
        $"Prices of {inputs.Prices.Region}, {inputs.Prices.Date} (load/prices.json); figures from {inputs.Run.Machine} (load/measured.json); load and headroom from load/profile.json. Not measured here: {string.Join(", ", inputs.Run.Programs.Where(static program => !program.Value.MeasuredHere).Select(static program => program.Key))}.";
}
