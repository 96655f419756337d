using System.Text.Json;
using PyAirtable.Gateway.Cutover.Guarding;

namespace PyAirtable.Gateway.Cutover.Walking;

/// <summary>A group as a running gateway tells it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weight">Percentage of clients that the native side answers.</param>
/// <param name="SetBy">Who set it: <c>settings</c>, <c>admin</c> or <c>guard</c>.</param>
/// <param name="Python">How the Python side does.</param>
/// <param name="Native">How the native side does.</param>
/// <param name="Reason">Why it was changed last; null where nobody said.</param>
internal sealed record GroupReport(string Name, int Weight, string SetBy, SideCounts Python, SideCounts Native, string? Reason)
{
    /// <summary>Reads an admin answer.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="KeyNotFoundException">It is no admin answer.</exception>
    public static IReadOnlyList<GroupReport> ReadAll(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var reports = new List<GroupReport>();
        foreach (var group in document.RootElement.GetProperty("groups").EnumerateArray())
        {
            reports.Add(Read(group, document.RootElement.GetProperty("changes")));
        }
        return reports;
    }

    /// <summary>As a line for people.</summary>
    public override string ToString() => $"{Name,-24} {Weight,3} %  native {Describe(Native)}  python {Describe(Python)}  set by {SetBy}{(Reason is null ? "" : $" ({Reason})")}";

    private static GroupReport Read(JsonElement group, JsonElement changes)
    {
        var name = group.GetProperty("group").GetString()!;
        return new GroupReport(
            name,
            group.GetProperty("weight").GetInt32(),
            group.GetProperty("set_by").GetString()!,
            ReadCounts(group.GetProperty("python")),
            ReadCounts(group.GetProperty("native")),
            LastReason(name, changes));
    }

    // The newest stands first.
    private static string? LastReason(string group, JsonElement changes)
    {
        foreach (var change in changes.EnumerateArray())
        {
            if (change.GetProperty("group").GetString() == group)
            {
                return change.GetProperty("reason").GetString();
            }
        }
        return null;
    }

    private static SideCounts ReadCounts(JsonElement side) =>
        new(side.GetProperty("requests").GetInt32(), side.GetProperty("failed").GetInt32(), side.GetProperty("slow").GetInt32());

    private static string Describe(SideCounts counts) => $"{counts.Requests} requests, {counts.Failed} failed, {counts.Slow} slow;";
}
