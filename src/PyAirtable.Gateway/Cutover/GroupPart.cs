using System.Globalization;

namespace PyAirtable.Gateway.Cutover;

/// <summary>A part of a route group that has a weight of its own.</summary>
/// <param name="Path">All at and under it, as clients send it, such as <c>/api/platform/auth</c>.</param>
/// <param name="Weight">Percentage of clients that the native side answers.</param>
internal sealed record GroupPart(string Path, int Weight)
{
    /// <summary>Name of the group that a path belongs to, which is that of the upstream which its route asks; null for none.</summary>
    public static string? GroupOf(string path) => path.Split('/') is not ["", "api", var name, ..] ? null : name switch
    {
        "llm" or "chat" or "sessions" or "tools" or "execute-tool" => "chat",
        "mcp" => "tools",
        "airtable" or "platform" or "automation" => name,
        _ => null,
    };

    /// <summary>Reads a comma list of <c>path=weight</c>, each path once.</summary>
    public static bool TryParseList(string text, out IReadOnlyList<GroupPart> value)
    {
        var parts = new List<GroupPart>();
        value = parts;
        foreach (var item in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = item.LastIndexOf('=');
            if (equals < 0
                || !int.TryParse(item.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var weight) || weight > 100
                || item[..equals].TrimEnd() is not ['/', _, ..] path || path.AsSpan().ContainsAny("?#% ") || path.EndsWith('/')
                || parts.Exists(other => other.Path == path))
            {
                return false;
            }
            parts.Add(new GroupPart(path, weight));
        }
        return true;
    }
}
