using System.Text.RegularExpressions;
using PyAirtable.Gateway.Tests.WebSockets;
using PyAirtable.Gateway.Tests.Wire;

namespace PyAirtable.Gateway.Tests.FastPath;

public sealed partial class SocketEqualityTests
{
    private const string Health = "GET /health HTTP/1.1\r\nHost: gateway\r\n\r\n";
    private const string Usual = $"GET /api/llm/x HTTP/1.1\r\nHost: gateway\r\nX-API-Key: {GatewayHost.Key}\r\n\r\n";

    private static readonly byte[][] Conversation =
    [
        RawSocketClient.Text($"{{\"type\":\"auth\",\"api_key\":\"{GatewayHost.Key}\"}}"),
        RawSocketClient.Text("{\"type\":\"nothing\"}"),
        RawSocketClient.Frame(0x89, "x"u8),
        RawSocketClient.Close(4001),
    ];

    public static TheoryData<SocketRow> Rows => [.. SocketRows.All];

    [Theory]
    [MemberData(nameof(Rows), DisableDiscoveryEnumeration = true)]
    public async Task EveryHandshake_OnBothPaths_IsAnsweredTheSame(SocketRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        await using var gateway = await StartAsync();
        var front = await AskAsync(gateway, row, handedOver: false);
        var behind = await AskAsync(gateway, row, handedOver: true);

        Assert.Equal(behind.Seen, front.Seen);
        Assert.Equal((row.IsFast, false), (!front.Served, !behind.Served));
    }

    [Fact]
    public async Task Handshake_AfterARequestOfTheFastPath_IsTakenThere()
    {
        await using var gateway = await StartAsync();
        using var client = await WireConnection.ConnectAsync(gateway.Host);
        await client.SendAsync(Usual + SocketRows.All.First().Request);
        await client.SendAsync(Conversation[^1]);

        Assert.Equal(200, (await client.ReadFinalAsync())!.Status);
        Assert.StartsWith("HTTP/1.1 101 ", await client.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(0, ((CountedModule)gateway.Host.Modules[0]).Served);
    }

    [Fact]
    public async Task Handshake_ByteByByte_IsTaken()
    {
        await using var gateway = await StartAsync();
        using var client = await WireConnection.ConnectAsync(gateway.Host);
        foreach (var one in SocketRows.All.First().Request)
        {
            await client.SendAsync(one.ToString());
        }
        foreach (var one in Conversation.SelectMany(static frame => frame))
        {
            await client.SendAsync(new[] { one });
        }

        Assert.Contains("unknown_message_type", await client.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(0, ((CountedModule)gateway.Host.Modules[0]).Served);
    }

    private static Task<GatewayHost> StartAsync() => GatewayHost.StartAsync(TimeProvider.System, static gateway => new CountedModule(gateway));

    private static async Task<(string Seen, bool Served)> AskAsync(GatewayHost gateway, SocketRow row, bool handedOver)
    {
        using var client = await WireConnection.ConnectAsync(gateway.Host);
        if (handedOver)
        {
            await client.SendAsync(Health);
            Assert.Equal(200, (await client.ReadFinalAsync())!.Status);
        }
        var module = (CountedModule)gateway.Host.Modules[0];
        var (log, counters, served) = ((await gateway.Host.ReadLogAsync()).Length, await TwoPaths.CountersAsync(gateway.Host), module.Served);

        // To what is no WebSocket the frames are another request, and a bad one, after which the connection ends.
        await client.SendAsync(row.Request);
        await client.SendAsync(Conversation.SelectMany(static frame => frame).ToArray());
        var answer = await client.ReadToEndAsync();
        var taken = answer.StartsWith("HTTP/1.1 101", StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => module.Served == served && !taken || TwoPaths.AccessLines((await gateway.Host.ReadLogAsync())[log..]).Count > 0);
        var lines = TwoPaths.AccessLines((await gateway.Host.ReadLogAsync())[log..]).Select(line => Ids().Replace(line, "<id>"));
        var grown = (await TwoPaths.CountersAsync(gateway.Host)).Where(counter => counter.Value != counters.GetValueOrDefault(counter.Key)).Select(counter => $"{counter.Key} +{counter.Value - counters.GetValueOrDefault(counter.Key)}");
        return (string.Join('\n', [Varying().Replace(answer, "$1<some>"), .. lines, .. grown]), module.Served > served || !taken);
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")]
    private static partial Regex Ids();

    [GeneratedRegex("(Date: |X-Trace-ID: |X-Request-ID: |X-RateLimit-Remaining: |X-RateLimit-Reset: |\"timestamp\":\")[^\r\"]*")]
    private static partial Regex Varying();
}
