namespace PyAirtable.Cost.Model;

/// <summary>A way to run the whole product.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Architecture"><c>x86</c> or <c>arm</c>.</param>
/// <param name="Groups">Its tasks.</param>
internal sealed record Stack(string Name, string Architecture, TaskGroup[] Groups)
{
    // What the Python services were given.
    private static readonly TaskSize Given = new(0.5, 1);

    private static readonly string[] Staying = ["llm-orchestrator", "mcp-server", "airtable-gateway", "frontend"];

    /// <summary>All that are compared, the oldest first.</summary>
    public static readonly Stack[] All =
    [
        new("Python as deployed", "x86",
        [
            new("gateway", "python gateway", ["gateway"], Given), new("platform", "python platform", ["platform"], Given),
            new("automation", "python automation", ["automation"], Given), .. Staying.Select(name => new TaskGroup(name, "python other", [name], Given)),
        ]),
        Native("Native, three services", "x86", Three),
        Native("Native, three services, ARM", "arm", Three),
        Native("Native, all in one, ARM", "arm", [new("all-in-one", "all-in-one", ["gateway", "platform", "automation"])]),
    ];

    private static TaskGroup[] Three => [new("gateway", "gateway", ["gateway"]), new("platform", "platform", ["platform"]), new("automation", "automation", ["automation"])];

    // What stays Python is sized by the same figures in all of them.
    private static Stack Native(string name, string architecture, TaskGroup[] ours) =>
        new(name, architecture, [.. ours, .. Staying.Select(service => new TaskGroup(service + " (Python)", "python other", [service]))]);
}
