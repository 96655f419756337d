using System.Text.Json;
using PyAirtable.Load.Catalog;
using PyAirtable.Load.Thresholds;

namespace PyAirtable.Load.Slo;

/// <summary>Reads <c>slo.json</c>: <c>{"targets":[{"name","scenario","figure","at_least" or "at_most"}]}</c>.</summary>
internal static class SloFile
{
    /// <summary>The targets of the file at a path.</summary>
    /// <exception cref="FormatException">It is not as it should be; the message says where.</exception>
    public static async Task<IReadOnlyList<SloTarget>> ReadAsync(string path, CancellationToken cancel) => Parse(await File.ReadAllTextAsync(path, cancel));

    /// <summary>Its targets.</summary>
    /// <exception cref="FormatException">It is not as it should be; the message says where.</exception>
    public static IReadOnlyList<SloTarget> Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. document.RootElement.GetProperty("targets").EnumerateArray().Select(Read)];
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("the file of targets cannot be read: " + fault.Message, fault);
        }
    }

    private static SloTarget Read(JsonElement target)
    {
        var name = target.GetProperty("name").GetString()!;
        var scenario = ScenarioCatalog.Named(target.GetProperty("scenario").GetString()!).Name;
        var figure = Figure.Named(target.GetProperty("figure").GetString()!);
        var isLeast = target.TryGetProperty("at_least", out var limit);
        if (isLeast == target.TryGetProperty("at_most", out var most))
        {
            throw new FormatException($"target \"{name}\" needs one of at_least and at_most");
        }
        return new SloTarget(name, scenario, new Threshold(figure, (isLeast ? limit : most).GetDouble(), isLeast));
    }
}
