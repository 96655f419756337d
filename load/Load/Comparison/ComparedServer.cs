using System.Diagnostics;
using System.Globalization;
using System.Net;
using PyAirtable.Bench.Platform;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Statistics;
using PyAirtable.Load.Systems;
using PyAirtable.Testing;

namespace PyAirtable.Load.Comparison;

/// <summary>A side that runs: of its processes only the service's own and its children are looked at, not database and upstream.</summary>
internal sealed class ComparedServer : SystemUnderTest
{
    private const int Connections = 32;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly ExecutableProcess _process;

    private ComparedServer(LoadLoop loop, Uri address, string description, ExecutableProcess process, double startMilliseconds)
        : base(loop, address, StartedSystem.OwnKey, Connections, description) => (_process, StartMilliseconds) = (process, startMilliseconds);

    /// <summary>Time from before its process was made until a route that reads the database answered 200.</summary>
    public double StartMilliseconds { get; }

    /// <summary>Starts a side and waits until it serves.</summary>
    /// <param name="loop">Where the client lives.</param>
    /// <param name="side">Which.</param>
    /// <param name="settings">Key, database, upstream.</param>
    /// <param name="folder">Where it may write.</param>
    /// <exception cref="InvalidOperationException">It does not serve in time.</exception>
    public static async Task<ComparedServer> StartAsync(LoadLoop loop, ComparedSide side, ServerSettings settings, string folder)
    {
        var port = FreePort.Next();
        var environment = settings.With(
            ("GATEWAY_PORT", Text(port)), ("PLATFORM_PORT", Text(FreePort.Next())), ("AUTOMATION_PORT", Text(FreePort.Next())), ("MCP_SERVER_PORT", "0"), ("MANAGEMENT_PORT", Text(FreePort.Next())),
            ("DATA_DIR", folder), ("UPLOAD_DIRECTORY", Path.Combine(folder, "uploads"))).Values;
        var address = new Uri("http://127.0.0.1:" + Text(port));
        var began = Stopwatch.GetTimestamp();
        var process = ServerStart.Start(folder, environment, side.Command(port));
        try
        {
            await ServesAsync(new Uri(address, ComparedRoutes.MetricQuery), began, process);
            return new ComparedServer(loop, address, side.Name, process, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public override ProcessorTimes ProcessorTimes() => new(Environment.CpuUsage.TotalTime.TotalSeconds, ProcessFigures.CpuMicroseconds(_process.Id) / 1e6, double.NaN);

    /// <inheritdoc/>
    public override double Megabytes() => ProcessFigures.ResidentMegabytes(_process.Id);

    /// <inheritdoc/>
    public override double PeakMegabytes() => ProcessFigures.PeakMegabytes(_process.Id);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _process.DisposeAsync();
    }

    private static async Task ServesAsync(Uri route, long began, ExecutableProcess process)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        client.DefaultRequestHeaders.Add("X-API-Key", StartedSystem.OwnKey);
        for (; Stopwatch.GetElapsedTime(began) < StartLimit; await Task.Delay(2))
        {
            try
            {
                using var answer = await client.GetAsync(route);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
        throw new InvalidOperationException($"{route} did not answer. Errors:\n{process.Errors}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
