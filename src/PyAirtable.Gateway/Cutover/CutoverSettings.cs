using PyAirtable.Gateway.Cutover.Guarding;
using PyAirtable.Gateway.Cutover.Shadow;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Gateway.Cutover;

/// <summary>Which requests have two sides, and how they are shared out between them.</summary>
/// <param name="Groups">The route groups, parts of others before these; empty where nothing is being cut over.</param>
/// <param name="AdminKey">Opens the admin routes, which do not exist without it; empty for none.</param>
/// <param name="TestKey">Lets a request choose its side; empty for none.</param>
/// <param name="Guard">When the native side is given up.</param>
/// <param name="Shadow">Which requests are copied to the other side.</param>
public sealed record CutoverSettings(IReadOnlyList<GroupSettings> Groups, string AdminKey, string TestKey, GuardSettings Guard, ShadowSettings Shadow)
{
    private const int ShortestKey = 16;

    /// <summary>Reads them.</summary>
    /// <param name="settings">Where from.</param>
    /// <param name="chat">What the routes of the groups name.</param>
    /// <param name="tools">As that.</param>
    /// <param name="airtable">As that.</param>
    /// <param name="platform">As that.</param>
    /// <param name="automation">As that.</param>
    public static CutoverSettings Read(SettingsReader settings, Upstream chat, Upstream tools, Upstream airtable, Upstream platform, Upstream automation)
    {
        var groups = new List<GroupSettings>();
        Add("chat", chat);
        Add("tools", tools);
        Add("airtable", airtable);
        Add("platform", platform);
        Add("automation", automation);
        var parts = settings.Read<IReadOnlyList<GroupPart>>(
            new(
                "CUTOVER_PATHS",
                "Parts of route groups that have a weight of their own, by path.",
                "a comma list of paths with weights, such as /api/platform/auth=25,/api/platform/analytics=0"),
            "",
            GroupPart.TryParseList);
        return new CutoverSettings(
            [.. PartsOf(settings, groups, parts), .. groups],
            ReadKey(settings, "CUTOVER_ADMIN_KEY", "Opens /api/cutover, where weights are shown and set; those routes do not exist without it."),
            ReadKey(settings, "CUTOVER_TEST_KEY", "Lets a request that has it in X-Cutover-Key choose its side by X-Cutover-Side; the admin key does so too."),
            GuardSettings.Read(settings),
            ShadowSettings.Read(settings));

        void Add(string name, Upstream routed)
        {
            if (ReadGroup(settings, name, routed) is { } group)
            {
                groups.Add(group);
            }
        }
    }

    private static GroupSettings? ReadGroup(SettingsReader settings, string name, Upstream routed)
    {
        var variable = "CUTOVER_" + name.ToUpperInvariant();
        var python = Other("python", "The Python side of what goes to");
        var native = Other("native", "The native side of what goes to");
        var weight = settings.Number(variable + "_WEIGHT", 0, 0, 100, $"Percentage of clients whose requests to {routed.Name} the native side answers, where it has two sides.");
        return python is null && native is null ? null : new GroupSettings(name, routed, python ?? routed, native ?? routed, weight);

        Upstream? Other(string side, string description)
        {
            var url = settings.Read<string>(
                new($"{variable}_{side.ToUpperInvariant()}_URL", $"{description} {routed.Name}; unset, the same as without a cutover.", "an absolute http or https URL, or several of them with commas between, or nothing"),
                "",
                static (string text, out string value) => UpstreamEndpoint.TryTrim(text, out value) || value.Length == 0);
            return url.Length == 0 ? null : new Upstream($"{routed.Name}-{side}", url, routed.Timeout) { Timeouts = routed.Timeouts };
        }
    }

    // The longest path that matches is the one that counts.
    private static List<GroupSettings> PartsOf(SettingsReader settings, List<GroupSettings> groups, IReadOnlyList<GroupPart> parts)
    {
        var found = new List<GroupSettings>();
        foreach (var part in parts)
        {
            if (groups.Find(group => group.Name == GroupPart.GroupOf(part.Path)) is { } whole)
            {
                found.Add(whole with { Name = part.Path, Path = part.Path, Weight = part.Weight });
            }
            else
            {
                settings.Fail("CUTOVER_PATHS", $"\"{part.Path}\" is of no group with two sides", "paths of groups whose CUTOVER_…_PYTHON_URL or CUTOVER_…_NATIVE_URL is set");
            }
        }
        found.Sort(static (one, other) => other.Name.Length - one.Name.Length);
        return found;
    }

    private static string ReadKey(SettingsReader settings, string name, string description)
    {
        var key = settings.Secret(name, "", description);
        if (key.Length is > 0 and < ShortestKey)
        {
            settings.Fail(name, "is too short", "a random secret of 16 characters or more, such as from openssl rand -hex 32");
        }
        return key;
    }
}
