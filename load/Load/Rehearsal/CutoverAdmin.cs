using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PyAirtable.Load.Rehearsal;

/// <summary>The gateway's admin routes, as an operator uses them.</summary>
/// <param name="gateway">The gateway.</param>
/// <param name="key">Its admin key.</param>
internal sealed class CutoverAdmin(Uri gateway, string key) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = gateway, DefaultRequestHeaders = { { "X-Cutover-Key", key } } };

    /// <summary>Sets the weight of a group.</summary>
    public async Task SetAsync(string group, int weight)
    {
        using var body = new StringContent(string.Create(CultureInfo.InvariantCulture, $$"""{"group":"{{group}}","weight":{{weight}},"reason":"rehearsal"}"""), Encoding.UTF8, "application/json");
        using var answer = await _client.PutAsync("/api/cutover", body);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The weight of a group, and who set it.</summary>
    public async Task<(int Weight, string SetBy)> WeightAsync(string group)
    {
        using var found = await ReadAsync("/api/cutover");
        var entry = Group(found, group);
        return (entry.GetProperty("weight").GetInt32(), entry.GetProperty("set_by").GetString()!);
    }

    /// <summary>Answers of both sides that were compared: how many, and how many of them differed or were left out.</summary>
    public async Task<(long Same, long Different, long Dropped)> ShadowAsync(string group)
    {
        using var found = await ReadAsync("/api/cutover");
        var shadow = Group(found, group).GetProperty("shadow");
        return (shadow.GetProperty("same").GetInt64(), shadow.GetProperty("different").GetInt64(), shadow.GetProperty("dropped").GetInt64());
    }

    /// <summary>The samples of differences, one of each route and place.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync()
    {
        using var found = await ReadAsync("/api/cutover/differences");
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var sample in found.RootElement.GetProperty("samples").EnumerateArray())
        {
            foreach (var difference in sample.GetProperty("differences").EnumerateArray())
            {
                lines.Add($"{sample.GetProperty("method")} {sample.GetProperty("route")}: {difference.GetProperty("kind")} {difference.GetProperty("place")}: {difference.GetProperty("python")} / {difference.GetProperty("native")}");
            }
        }
        return [.. lines];
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<JsonDocument> ReadAsync(string path) => JsonDocument.Parse(await _client.GetByteArrayAsync(path));

    private static JsonElement Group(JsonDocument found, string name) =>
        found.RootElement.GetProperty("groups").EnumerateArray().First(group => group.GetProperty("group").GetString() == name);
}
