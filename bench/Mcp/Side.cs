using System.Text;
using PyAirtable.Bench.Goals;
using PyAirtable.Bench.Peers;
using PyAirtable.Testing.Airtable;

namespace PyAirtable.Bench.Mcp;

/// <summary>A server, asked in one of the ways that it can be asked, and what its runs of one call took.</summary>
/// <param name="name">Its name in tables.</param>
/// <param name="server">The server.</param>
/// <param name="address">Where calls go.</param>
/// <param name="sessions">MCP sessions that take turns; none over the plain HTTP route.</param>
internal sealed class Side(string name, ServerProcess server, Uri address, IReadOnlyCollection<string> sessions)
{
    private readonly List<(double PerSecond, double Microseconds, double P50, double P99)> _runs = [];

    /// <summary>Its name in tables.</summary>
    public string Name => name;

    /// <summary>Calls a second, the median of the runs.</summary>
    public double PerSecond => Quantile.Median(_runs.Select(static run => run.PerSecond));

    /// <summary>Processor time of the server by call, in microseconds, of each run.</summary>
    public IReadOnlyList<double> Microseconds => [.. _runs.Select(static run => run.Microseconds)];

    /// <summary>Median latency in milliseconds, the median of the runs.</summary>
    public double P50 => Quantile.Median(_runs.Select(static run => run.P50));

    /// <summary>99th percentile of latency in milliseconds, the median of the runs.</summary>
    public double P99 => Quantile.Median(_runs.Select(static run => run.P99));

    /// <summary>Highest resident memory so far, in MB of 2^20 bytes.</summary>
    public double PeakMegabytes => server.PeakMegabytes;

    /// <summary>A new series of runs.</summary>
    public void Clear() => _runs.Clear();

    /// <summary>One run of a call, after a second of warm-up for the first.</summary>
    /// <exception cref="InvalidOperationException">Calls failed, or did not reach the Airtable gateway.</exception>
    public async Task RunAsync(ToolCall call, int seconds, AirtableGatewayServer airtable)
    {
        if (_runs.Count == 0)
        {
            await ProveAsync(call);
            await LoadAsync(call, 1);
        }

        var (asked, cpu) = (airtable.Count, server.CpuMicroseconds);
        var load = await LoadAsync(call, seconds);
        (asked, cpu) = (airtable.Count - asked, server.CpuMicroseconds - cpu);
        if (load.Errors > 0 || asked < load.Calls * call.Asks)
        {
            throw new InvalidOperationException($"{name}, {call.Name}: {load.Errors} errors; {asked} requests to the Airtable gateway for {load.Calls} calls");
        }

        _runs.Add((load.Calls / load.Seconds, cpu / load.Calls, load.P50Milliseconds, load.P99Milliseconds));
    }

    private Task<Load> LoadAsync(ToolCall call, int seconds) => Load.RunAsync(address, Body(call), sessions, sessions.Count > 0 ? McpClient.Headers : [], seconds);

    private string Body(ToolCall call) => sessions.Count > 0 ? call.JsonRpc : call.Json;

    // Failed tools are 200 too, so one answer is read.
    private async Task ProveAsync(ToolCall call)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(Body(call), Encoding.UTF8, "application/json") };
        if (sessions.Count > 0)
        {
            foreach (var header in McpClient.Headers.Append("Mcp-Session-Id: " + sessions.First()))
            {
                request.Headers.Add(header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            }
        }
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode || !text.Contains(call.Proof, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{name}, {call.Name}: {(int)answer.StatusCode} {text}");
        }
    }
}
