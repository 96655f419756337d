namespace PyAirtable.Cost.Model;

/// <summary>A size in which Fargate sells tasks.</summary>
/// <param name="VCpu">Processors.</param>
/// <param name="Gb">Memory in GB.</param>
internal readonly record struct TaskSize(double VCpu, double Gb)
{
    /// <summary>All sizes, by processors, then memory (Amazon ECS Developer Guide, "Task CPU and memory").</summary>
    public static readonly TaskSize[] Sold =
    [
        new(0.25, 0.5), new(0.25, 1), new(0.25, 2),
        .. Range(0.5, 1, 4, 1), .. Range(1, 2, 8, 1), .. Range(2, 4, 16, 1), .. Range(4, 8, 30, 1), .. Range(8, 16, 60, 4), .. Range(16, 32, 120, 8),
    ];

    /// <summary>The smallest size that has both.</summary>
    /// <exception cref="InputException">None has.</exception>
    public static TaskSize For(double vcpu, double gb) =>
        Sold.Where(size => size.VCpu >= vcpu && size.Gb >= gb).Select(static size => (TaskSize?)size).FirstOrDefault()
        ?? throw new InputException($"no task is sold with {vcpu:0.##} vCPU and {gb:0.##} GB");

    private static IEnumerable<TaskSize> Range(double vcpu, int from, int to, int step)
    {
        for (var gb = from; gb <= to; gb += step)
        {
            yield return new(vcpu, gb);
        }
    }
}
