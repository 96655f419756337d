namespace PyAirtable.Cost.Model;

/// <summary>A way to run the whole product.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Architecture"><c>x86</c> or <c>arm</c>.</param>
/// <param name="Groups">Its tasks.</param>
/// <param name="GoalUsd">What a month is to cost at most; 0 where nothing is asked.</param>
internal sealed record Stack(string Name, string Architecture, TaskGroup[] Groups, double GoalUsd = 0)
{
    private const double ThreeServicesUsd = 200;
    private const double AllInOneUsd = 150;

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
        Native("Native, three services", "x86", Three, ThreeServicesUsd),
        Native("Native, three services, ARM", "arm", Three, ThreeServicesUsd),
        Native("Native, four services, ARM", "arm", Four, ThreeServicesUsd),
        Native("Native, three services, ARM, Python left as large as it is", "arm", Three, ThreeServicesUsd, Given),
        Native("Native, all in one, ARM", "arm", One, AllInOneUsd),
        Native("Native, all in one, ARM, Python left as large as it is", "arm", One, AllInOneUsd, Given),
    ];

    private static TaskGroup[] Three => [new("gateway", "gateway", ["gateway"]), new("platform", "platform", ["platform"]), new("automation", "automation", ["automation"])];

    private static TaskGroup[] Four => [.. Three, new("mcp", "mcp", ["mcp-server"])];

    private static TaskGroup[] One => [new("all-in-one", "all-in-one", ["gateway", "platform", "automation", "mcp-server"])];

    // What stays Python is sized by the same figures in all of them, unless it is left as large as it is. Behind a native server the Python
    // one stays too, for the calls that it passes on: "-python" in the load profile.
    private static Stack Native(string name, string architecture, TaskGroup[] ours, double goalUsd, TaskSize python = default)
    {
        var answered = ours.SelectMany(group => group.Serves).ToHashSet();
        return new(
            name, architecture,
            [.. ours, .. Staying.Select(service => new TaskGroup(service + " (Python)", "python other", [answered.Contains(service) ? service + "-python" : service], python))],
            goalUsd);
    }
}
