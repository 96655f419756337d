namespace PyAirtable.Cost.Model;

/// <summary>What is asked of the system.</summary>
/// <param name="HoursAMonth">Hours that a month is paid for.</param>
/// <param name="DaysAMonth">Days that have the requests below.</param>
/// <param name="RequestsADay">Requests by the service that answers them; those of the gateway are all that clients send.</param>
/// <param name="PeakFactor">The busiest minute beside the average.</param>
/// <param name="UtilisationAtPeak">Part of the processors that the busiest minute may take.</param>
/// <param name="MemoryHeadroom">Memory of a task beyond what was measured, as part of that.</param>
/// <param name="AvailabilityTasks">Tasks of each service at least, so that one may fail or be replaced.</param>
/// <param name="BytesARequest">Bytes of a client's request and its answer.</param>
/// <param name="NewConnectionsASecond">Connections that clients open.</param>
/// <param name="Connections">Connections open at once.</param>
/// <param name="DatabaseGb">Gigabytes that the database holds.</param>
internal sealed record Profile(
    double HoursAMonth, double DaysAMonth, Dictionary<string, double> RequestsADay, double PeakFactor, double UtilisationAtPeak,
    double MemoryHeadroom, int AvailabilityTasks, double BytesARequest, double NewConnectionsASecond, double Connections, double DatabaseGb)
{
    /// <summary>Requests a second to these services when it is busiest.</summary>
    public double PeakOf(IEnumerable<string> services) => services.Sum(DailyOf) * PeakFactor / 86_400;

    /// <summary>Requests a month to these services.</summary>
    public double MonthlyOf(IEnumerable<string> services) => services.Sum(DailyOf) * DaysAMonth;

    private double DailyOf(string service) => RequestsADay.TryGetValue(service, out var requests) ? requests : throw new InputException($"the load profile has no requests_a_day of \"{service}\"");
}
