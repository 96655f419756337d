using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using PyAirtable.Gateway.Tests.Wire;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.FastPath;

/// <summary>A gateway of which everything is asked twice: on a connection that begins with it, and on one that was handed to the
/// HTTP server before. One is kept for each set of settings.</summary>
public sealed partial class TwoPaths : IAsyncDisposable
{
    private readonly Dictionary<string, ServiceHost> _hosts = [];
    private readonly ConcurrentQueue<WireMessage> _sent = new();
    private readonly FaultyUpstream _upstream;
    private EqualityRow _row = null!;

    public TwoPaths() => _upstream = new FaultyUpstream(AnswerAsync);

    /// <summary>Asks on both ways: first as it comes, then behind the server.</summary>
    internal async Task<(Exchange Front, Exchange Behind)> AskAsync(EqualityRow row)
    {
        _row = row;
        if (!_hosts.TryGetValue(row.Settings, out var host))
        {
            _hosts[row.Settings] = host = await StartAsync(row.Settings);
        }
        return (await AskAsync(host, handedOver: false), await AskAsync(host, handedOver: true));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values)
        {
            await host.DisposeAsync();
        }
        await _upstream.DisposeAsync();
    }

    private Task<ServiceHost> StartAsync(string settings) => GatewayHost.StartAsync(
        _upstream.Url,
        settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(setting => (setting.Split('=')[0], setting.Split('=')[1])).ToArray(),
        wrap: gateway => new CountedModule(gateway));

    private async Task AnswerAsync(WireConnection connection)
    {
        while (await connection.ReadAsync() is { } request)
        {
            if (request.Target == "/health")
            {
                // The gateway looks after its upstreams.
                await connection.SendAsync(FaultyUpstream.Reply("{}"));
                continue;
            }
            _sent.Enqueue(request);
            if (_row.Answer is null)
            {
                return;
            }
            await connection.SendAsync(_row.Answer);
            if (_row.Closes)
            {
                return;
            }
        }
    }

    private async Task<Exchange> AskAsync(ServiceHost host, bool handedOver)
    {
        using var client = await WireConnection.ConnectAsync(host);
        if (handedOver)
        {
            await client.SendAsync("GET /health HTTP/1.1\r\nHost: gateway\r\n\r\n");
            Assert.Equal(200, (await client.ReadFinalAsync())!.Status);
        }
        _sent.Clear();
        var (log, counters) = ((await host.ReadLogAsync()).Length, await CountersAsync(host));
        var module = (CountedModule)host.Modules[0];
        var served = module.Served;

        await client.SendAsync(_row.Request);
        var answer = await client.ReadFinalAsync(_row.Request.StartsWith("HEAD ", StringComparison.Ordinal));
        served = module.Served - served;
        WireMessage? after = null;
        try
        {
            await client.SendAsync("GET /health HTTP/1.1\r\nHost: gateway\r\n\r\n");
            after = await client.ReadFinalAsync();
        }
        catch (System.Net.Sockets.SocketException)
        {
            // Closed.
        }
        // What the server refuses by itself is not logged.
        await Eventually.TrueAsync(async () => (served == 0 && _sent.IsEmpty) || AccessLines((await host.ReadLogAsync())[log..]).Count > 0);
        var lines = AccessLines((await host.ReadLogAsync())[log..]);
        var grown = (await CountersAsync(host)).Where(counter => counter.Value != counters.GetValueOrDefault(counter.Key)).Select(counter => $"{counter.Key} +{counter.Value - counters.GetValueOrDefault(counter.Key)}");
        return new Exchange([.. _sent], answer, after is null ? "closed" : $"open {after.Status}", string.Join('\n', lines), string.Join('\n', grown), served > 0);
    }

    /// <summary>The access lines of a log, without what varies.</summary>
    internal static List<string> AccessLines(string log) => [.. log.Split('\n')
        .Where(line => line.Contains("\"route\"", StringComparison.Ordinal) && !line.Contains("/health", StringComparison.Ordinal))
        .Select(line => Varying().Replace(line, "$1"))];

    /// <summary>Counters of requests.</summary>
    internal static async Task<Dictionary<string, double>> CountersAsync(ServiceHost host)
    {
        using var management = host.ClientOf("management");
        return (await management.GetStringAsync("/metrics")).Split('\n')
            .Where(line => Counted().IsMatch(line) && !line.Contains("\"/health\"", StringComparison.Ordinal))
            .Select(line => line.Split("} "))
            .ToDictionary(line => line[0], line => double.Parse(line[1], CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^(pyairtable_)?http_requests?_(total|duration_seconds_count)\{")]
    private static partial Regex Counted();

    [GeneratedRegex("\"(ts|ms)\":[^,}]*")]
    private static partial Regex Varying();
}
