using System.Buffers;
using System.Text.Json;

namespace PyAirtable.Hosting.Health;

/// <summary>All readiness checks of the process, run side by side.</summary>
/// <param name="IsReady">True if every check held and the process is not stopping.</param>
/// <param name="Checks">Outcome by name.</param>
public sealed record ReadinessReport(bool IsReady, IReadOnlyList<(string Name, bool Ok)> Checks)
{
    /// <summary>Runs the checks. A stopping process is not ready, whatever they say.</summary>
    public static async Task<ReadinessReport> RunAsync(IReadOnlyList<ReadinessCheck> checks, bool stopping, CancellationToken cancel)
    {
        var outcomes = await Task.WhenAll(checks.Select(check => check.RunAsync(cancel)));
        return new(!stopping && Array.TrueForAll(outcomes, ok => ok), [.. checks.Select((check, i) => (check.Name, outcomes[i]))]);
    }

    /// <summary>The report as JSON: <c>{"status":"ready","checks":{"database":"ok"}}</c>.</summary>
    public ReadOnlyMemory<byte> ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("status"u8, IsReady ? "ready"u8 : "not ready"u8);
            json.WriteStartObject("checks"u8);
            foreach (var (name, ok) in Checks)
            {
                json.WriteString(name, ok ? "ok"u8 : "failing"u8);
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }
}
