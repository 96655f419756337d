namespace PyAirtable.Cost.Model;

/// <summary>How many tasks of a group there are, and how large.</summary>
/// <param name="Group">The group.</param>
/// <param name="Tasks">Their number.</param>
/// <param name="Size">The size of each.</param>
/// <param name="VCpu">Processors that all of them need when it is busiest, with what must be left free.</param>
/// <param name="Gb">Memory that each needs, with headroom, in GB.</param>
internal sealed record Deployment(TaskGroup Group, int Tasks, TaskSize Size, double VCpu, double Gb)
{
    /// <summary>Sizes a group by what was measured.</summary>
    public static Deployment Of(TaskGroup group, Profile profile, MeasuredRun run)
    {
        var figures = run.Of(group.Program);
        var vcpu = profile.PeakOf(group.Serves) * figures.CpuMs / 1000 / profile.UtilisationAtPeak;
        var gb = figures.MemoryMb * (1 + profile.MemoryHeadroom) / 1024;
        var tasks = Math.Max(profile.AvailabilityTasks, (int)Math.Ceiling(vcpu / figures.Cores));
        return new(group, tasks, TaskSize.For(Math.Max(vcpu / tasks, group.AtLeast.VCpu), Math.Max(gb, group.AtLeast.Gb)), vcpu, gb);
    }
}
