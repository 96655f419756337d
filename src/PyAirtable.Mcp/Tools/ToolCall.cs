using System.Text.Json;

namespace PyAirtable.Mcp.Tools;

/// <summary>A call of a tool.</summary>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">Its arguments by name.</param>
/// <param name="Caller">Who calls.</param>
internal sealed record ToolCall(string Name, IDictionary<string, JsonElement> Arguments, Caller Caller)
{
    /// <summary>Told of steps done, steps in all and what goes on; null where nobody listens.</summary>
    public Func<int, int, string, Task>? Progress { get; init; }

    /// <summary>Members of an object by name; none of what is no object.</summary>
    public static Dictionary<string, JsonElement> ByName(JsonElement arguments)
    {
        var all = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (arguments.ValueKind == JsonValueKind.Object)
        {
            foreach (var argument in arguments.EnumerateObject())
            {
                all[argument.Name] = argument.Value;
            }
        }
        return all;
    }

    /// <summary>A text argument that the schema demands.</summary>
    public string Text(string name) => Arguments[name].GetString()!;

    /// <summary>An argument; null where it is not given.</summary>
    public JsonElement? Optional(string name) =>
        Arguments.TryGetValue(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    /// <summary>Tells how far it is.</summary>
    public Task ReportAsync(int done, int total, string message) => Progress?.Invoke(done, total, message) ?? Task.CompletedTask;
}
