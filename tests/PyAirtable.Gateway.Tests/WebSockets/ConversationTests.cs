using System.Net.WebSockets;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.WebSockets;

public abstract class ConversationTests(bool isFast) : BothWays(isFast)
{
    public sealed class OnTheFastPath() : ConversationTests(true);

    public sealed class BehindTheServer() : ConversationTests(false);

    public static TheoryData<string, string> Errors => new()
    {
        { "{", "invalid_json: Invalid JSON format" },
        { "[]", "message_error: Message must be a JSON object" },
        { "null", "message_error: Message must be a JSON object" },
        { "{}", "unknown_message_type: Unknown message type: None" },
        { "{\"type\":null}", "unknown_message_type: Unknown message type: None" },
        { "{\"type\":true}", "unknown_message_type: Unknown message type: True" },
        { "{\"type\":12}", "unknown_message_type: Unknown message type: 12" },
        { "{\"type\":\"auth\",\"api_key\":\"gateway-key\"}", "unknown_message_type: Unknown message type: auth" },
        { "{\"type\":\"übung \\\"x\\\"\"}", "unknown_message_type: Unknown message type: übung \"x\"" },
        { "{\"type\":\"PING\"}", "unknown_message_type: Unknown message type: PING" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Message_NotUnderstood_IsAnsweredByAnError_AndTheConnectionStays(string message, string error)
    {
        await using var gateway = await StartAsync();
        await using var client = await SocketClient.OpenAsync(gateway);

        await client.SendAsync(message);

        Assert.Equal(error, await client.ReceiveErrorAsync());
        await client.AssertNothingWaitsAsync();
        await gateway.UntilCountAsync("messages_sent", 2);
    }

    [Theory]
    [InlineData("{\"type\":\"subscribe\",\"types\":[\"chat_stream\"]}")]
    [InlineData("{\"type\":\"subscribe\",\"types\":7}")]
    [InlineData("{\"type\":\"unsubscribe\",\"types\":[\"chat_stream\"]}")]
    [InlineData("{\"type\":\"pong\"}")]
    public async Task Message_WithoutAnswer_ChangesNothing(string message)
    {
        await using var gateway = await StartAsync();
        await using var client = await SocketClient.OpenAsync(gateway);

        await client.SendAsync(message);
        await client.AssertNothingWaitsAsync();
        await gateway.TellAsync("s1", "{}");

        Assert.Equal("chat_stream", client.TypeOf(await client.ReceiveAsync()));
    }

    [Fact]
    public async Task Binary_IsAnsweredByAnError()
    {
        await using var gateway = await StartAsync();
        await using var client = await SocketClient.OpenAsync(gateway);

        await client.SendAsync([1, 2], WebSocketMessageType.Binary);

        Assert.Equal("message_error: Message must be text", await client.ReceiveErrorAsync());
    }

    [Fact]
    public async Task Frames_HaveTheContractsForm()
    {
        var time = new ManualTime();
        await using var gateway = await StartAsync(time);
        await using var client = await SocketClient.OpenAsync(gateway);

        await client.SendAsync("{\"type\":\"ping\"}");
        Assert.Equal("{\"type\":\"pong\",\"timestamp\":\"2025-01-15T09:31:02\"}", await client.ReceiveAsync());
        time.Advance(TimeSpan.FromMicroseconds(1_200));
        await gateway.TellAsync("s1", "{\"delta\":\"ü\"}");
        Assert.Equal("{\"type\":\"chat_stream\",\"timestamp\":\"2025-01-15T09:31:02.001200\",\"session_id\":\"s1\",\"data\":{\"delta\":\"ü\"}}", await client.ReceiveAsync());
        await client.SendAsync("x");
        Assert.Equal("{\"type\":\"error\",\"timestamp\":\"2025-01-15T09:31:02.001200\",\"session_id\":\"s1\",\"data\":{\"error_code\":\"invalid_json\",\"message\":\"Invalid JSON format\",\"timestamp\":\"2025-01-15T09:31:02.001200\"}}", await client.ReceiveAsync());
    }

    [Fact]
    public async Task LargeMessage_WithinTheLimit_IsRead()
    {
        await using var gateway = await StartAsync();
        await using var client = await SocketClient.OpenAsync(gateway);

        await client.SendAsync($"{{\"type\":\"ping\",\"x\":\"{new string('a', (16 << 20) - 100)}\"}}");

        Assert.Equal("pong", client.TypeOf(await client.ReceiveAsync()));
    }

    [Fact]
    public async Task LargeMessage_BeyondTheLimit_Closes()
    {
        await using var gateway = await StartAsync();
        await using var client = await SocketClient.OpenAsync(gateway);

        var sending = client.SendAsync(new string('a', (16 << 20) + 1));

        Assert.Equal("close 1009 Message too big", await client.ReceiveAsync());
        await sending;
        await gateway.UntilCountAsync("active_connections", 0);
    }

    [Fact]
    public async Task InvalidUtf8_Closes()
    {
        await using var gateway = await StartAsync();
        using var raw = await OpenAsync(gateway);

        await raw.SendAsync(RawSocketClient.Frame(0x81, [0x7B, 0xFF, 0x7D]));

        Assert.StartsWith("close 1007", await raw.ReceiveAsync(), StringComparison.Ordinal);
        Assert.True(await raw.EndsAsync());
        await gateway.UntilCountAsync("active_connections", 0);
    }

    [Fact]
    public async Task PingAndCloseInOneGo_AreAnswered_AndTheConnectionEnds()
    {
        await using var gateway = await StartAsync();
        using var raw = await OpenAsync(gateway);

        await raw.SendAsync(RawSocketClient.Text("{\"type\":\"ping\"}"), RawSocketClient.Close(4001));

        Assert.StartsWith("{\"type\":\"pong\"", await raw.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal("close 4001", await raw.ReceiveAsync());
        Assert.Equal("end", await raw.ReceiveAsync());
        await gateway.UntilCountAsync("active_connections", 0);
    }

    [Fact]
    public async Task ClientThatVanishesAfterAPing_LeavesNothingBehind()
    {
        await using var gateway = await StartAsync();
        for (var i = 0; i < 20; i++)
        {
            using var raw = await OpenAsync(gateway);
            await raw.SendAsync(RawSocketClient.Text("{\"type\":\"ping\"}"), RawSocketClient.Text("{\"type\":\"ping\"}"));
        }

        await gateway.UntilCountAsync("active_connections", 0);
        Assert.DoesNotContain("\"level\":\"error\"", await gateway.Host.ReadLogAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task ProtocolPingAndClose_BeforeAuthentication_AreAnswered()
    {
        await using var gateway = await StartAsync();
        using var raw = await RawSocketClient.ConnectAsync(gateway);

        await raw.SendAsync(RawSocketClient.Frame(0x89, "payload"u8));
        Assert.Equal("pong payload", await raw.ReceiveAsync());
        await raw.SendAsync(RawSocketClient.Close(1001));
        Assert.Equal("close 1001", await raw.ReceiveAsync());
        Assert.Equal("end", await raw.ReceiveAsync());
    }

    [Fact]
    public async Task FragmentedMessage_WithAPingBetween_IsRead()
    {
        await using var gateway = await StartAsync();
        using var raw = await OpenAsync(gateway);

        await raw.SendAsync(
            RawSocketClient.Frame(0x01, "{\"type\":"u8),
            RawSocketClient.Frame(0x89, "p"u8),
            RawSocketClient.Frame(0x00, []),
            RawSocketClient.Frame(0x80, "\"ping\"}"u8));

        Assert.Equal("pong p", await raw.ReceiveAsync());
        Assert.StartsWith("{\"type\":\"pong\"", await raw.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_ClosesWithGoingAway()
    {
        await using var gateway = await StartAsync();
        await using var client = await SocketClient.OpenAsync(gateway);

        var stop = gateway.Host.StopAsync();
        Assert.Equal("close 1001 going away", await client.ReceiveAsync());
        await client.CloseAsync();

        await stop;
    }

    private static async Task<RawSocketClient> OpenAsync(GatewayHost gateway)
    {
        var raw = await RawSocketClient.ConnectAsync(gateway);
        await raw.SendAsync(RawSocketClient.Text($"{{\"type\":\"auth\",\"api_key\":\"{GatewayHost.Key}\"}}"));
        return raw;
    }
}
