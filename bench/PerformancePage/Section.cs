namespace PyAirtable.Bench.PerformancePage;

/// <summary>A part of the page: what belongs to one service or question.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Benches">The benches in it.</param>
internal sealed record Section(string Title, params string[] Benches)
{
    private static readonly Section[] Known =
    [
        new("Gateway", "peers", "connections", "websockets", "faults", "reload", "allocations", "smuggling"),
        new("Platform", "ingestion", "reads", "soak", "crash", "outage", "storm", "passwords"),
        new("Automation", "workflows", "workflows-crash", "workflows-processes", "workflows-triggers", "uploads", "uploads-crash", "extraction", "pdf"),
        new("MCP server", "mcp"),
        new("Footprint", "footprint", "sizes", "micro"),
        new("Load", "compare"),
        new("Cost", "cost"),
    ];

    private static readonly Section Other = new("Other benches");

    /// <summary>The results by section, in the order of the page; sections without any are left out.</summary>
    public static IEnumerable<IGrouping<Section, BenchResult>> Of(Results results) => results.Benches.GroupBy(result => Find(result.Bench)).OrderBy(group => Array.IndexOf([.. Known, Other], group.Key));

    private static Section Find(string bench) => bench.StartsWith("load-", StringComparison.Ordinal)
        ? Known.Single(section => section.Title == "Load")
        : Known.FirstOrDefault(section => section.Benches.Contains(bench)) ?? Other;
}
