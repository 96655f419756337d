using System.Text.Json;
using PyAirtable.Bench.Goals;

namespace PyAirtable.Bench.PerformancePage;

/// <summary>What a bench found, as it is in its file: see <see cref="BenchReport"/>.</summary>
/// <param name="Bench">The bench.</param>
/// <param name="Command">What was asked for.</param>
/// <param name="Date">When it began.</param>
/// <param name="Machine">What it ran on.</param>
/// <param name="Goals">Its goals.</param>
/// <param name="Figures">What it measured beside them.</param>
/// <param name="Tables">More of that, in tables; null without any.</param>
internal sealed record BenchResult(string Bench, string Command, DateTimeOffset Date, Machine Machine, GoalResult[] Goals, Figure[] Figures, TableResult[]? Tables = null)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is not as it should be; the message says which it is and where.</exception>
    public static BenchResult Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ResultJson.Default.BenchResult) ?? throw new FormatException($"{path} is null");
        }
        catch (JsonException mistake)
        {
            throw new FormatException($"{path}: {mistake.Message}", mistake);
        }
    }
}
