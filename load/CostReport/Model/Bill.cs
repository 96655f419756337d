using System.Globalization;

namespace PyAirtable.Cost.Model;

/// <summary>What a stack costs a month.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Lines">What it is made of.</param>
/// <param name="Requests">Clients' requests in the month.</param>
internal sealed record Bill(Stack Stack, IReadOnlyList<BillLine> Lines, double Requests)
{
    /// <summary>Dollars a month.</summary>
    public double Total => Lines.Sum(static line => line.Usd);

    /// <summary>Dollars for a million of clients' requests.</summary>
    public double PerMillion => Total / Requests * 1e6;

    /// <summary>Works it out.</summary>
    public static Bill Of(Stack stack, Inputs inputs)
    {
        var profile = inputs.Profile;
        List<BillLine> lines = [.. stack.Groups.Select(group => OfTasks(stack, Deployment.Of(group, profile, inputs.Run), inputs))];
        lines.Add(OfBalancer(inputs));
        lines.Add(Line("database", $"{profile.HoursAMonth:0} h × ${inputs.Prices.Of("rds_hour")} + {profile.DatabaseGb:0} GB × ${inputs.Prices.Of("rds_gb_month")}", (profile.HoursAMonth * inputs.Prices.Of("rds_hour")) + (profile.DatabaseGb * inputs.Prices.Of("rds_gb_month"))));
        lines.Add(Line("Redis", $"{profile.HoursAMonth:0} h × ${inputs.Prices.Of("elasticache_hour")}", profile.HoursAMonth * inputs.Prices.Of("elasticache_hour")));
        lines.Add(OfLogs(stack, inputs));
        return new(stack, lines, profile.MonthlyOf(["gateway"]));
    }

    private static BillLine OfTasks(Stack stack, Deployment deployment, Inputs inputs)
    {
        var (hours, size) = (inputs.Profile.HoursAMonth, deployment.Size);
        var (vcpu, gb) = (inputs.Prices.Of($"fargate_{stack.Architecture}_vcpu_hour"), inputs.Prices.Of($"fargate_{stack.Architecture}_gb_hour"));
        return Line(
            deployment.Group.Name,
            $"{deployment.Tasks} × ({size.VCpu} vCPU × ${vcpu} + {size.Gb} GB × ${gb}) × {hours:0} h; needs {deployment.VCpu:0.000} vCPU together, {deployment.Gb:0.00} GB each",
            deployment.Tasks * ((size.VCpu * vcpu) + (size.Gb * gb)) * hours);
    }

    // An hour's LCUs are those of whatever there is most of.
    private static BillLine OfBalancer(Inputs inputs)
    {
        var (profile, prices) = (inputs.Profile, inputs.Prices);
        var gigabytes = profile.MonthlyOf(["gateway"]) * profile.BytesARequest / 1e9 / profile.HoursAMonth;
        var units = Math.Max(gigabytes, Math.Max(profile.NewConnectionsASecond / 25, profile.Connections / 3000));
        return Line("load balancer", $"{profile.HoursAMonth:0} h × (${prices.Of("alb_hour")} + {units:0.00} LCU × ${prices.Of("alb_lcu_hour")})", profile.HoursAMonth * (prices.Of("alb_hour") + (units * prices.Of("alb_lcu_hour"))));
    }

    private static BillLine OfLogs(Stack stack, Inputs inputs)
    {
        var gigabytes = stack.Groups.Sum(group => inputs.Profile.MonthlyOf(group.Serves) * inputs.Run.Of(group.Program).LogBytes) / 1e9;
        return Line("logs", $"{gigabytes:0.0} GB × ${inputs.Prices.Of("log_gb")}", gigabytes * inputs.Prices.Of("log_gb"));
    }

    private static BillLine Line(string name, FormattableString arithmetic, double usd) => new(name, arithmetic.ToString(CultureInfo.InvariantCulture), usd);
}
