using System.Globalization;

namespace PyAirtable.Hosting.Metrics;

/// <summary>Statuses from 100 to 599; whatever else an upstream sends is <c>other</c>.</summary>
internal static class StatusLabel
{
    /// <summary>The number of a status; 0 for one that is out of range.</summary>
    public static int Of(int status) => status is >= 100 and <= 599 ? status : 0;

    /// <summary>The label of a number.</summary>
    public static string Name(int status) => status == 0 ? "other" : status.ToString(CultureInfo.InvariantCulture);
}
