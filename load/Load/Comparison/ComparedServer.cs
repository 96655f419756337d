using System.Diagnostics;
using System.Globalization;
using System.Text;
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
        var request = Encoding.ASCII.GetBytes($"GET {ComparedRoutes.MetricQuery} HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {StartedSystem.OwnKey}\r\n\r\n");
        var began = Stopwatch.GetTimestamp();
        var process = ServerStart.Start(folder, environment, side.Command(port));
        try
        {
            while (!await ServesAsync(port, request).WaitAsync(StartLimit))
            {
                if (Stopwatch.GetElapsedTime(began) > StartLimit)
                {
                    throw new InvalidOperationException($"{side.Name} does not serve. Errors:\n{process.Errors}");
                }
                await Task.Delay(1);
            }
            return new ComparedServer(loop, new Uri("http://127.0.0.1:" + Text(port)), side.Name, process, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
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

    // A plain socket, for a client library's first request takes longer than our start.
    private static async Task<bool> ServesAsync(int port, byte[] request)
    {
        using var connection = new RawHttpConnection();
        return await connection.ConnectAsync(port) && await connection.SendAsync(request) is { Status: 200 };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
