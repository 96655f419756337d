using System.Net.WebSockets;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.WebSockets;

public abstract class AuthenticationTests(bool isFast) : BothWays(isFast)
{
    public sealed class OnTheFastPath() : AuthenticationTests(true);

    public sealed class BehindTheServer() : AuthenticationTests(false);

    public static TheoryData<string, string, bool> Refusals => new()
    {
        { "nonsense", "close 1008 Invalid JSON", false },
        { "", "close 1008 Invalid JSON", false },
        { "{\"type\":\"ping\"}", "close 1008 Authentication required", false },
        { "{\"api_key\":\"gateway-key\"}", "close 1008 Authentication required", false },
        { "{\"type\":1}", "close 1008 Authentication required", false },
        { "[]", "close 1008 Authentication required", false },
        { "\"auth\"", "close 1008 Authentication required", false },
        { "{\"type\":\"auth\"}", "close 1008 API key required", false },
        { "{\"type\":\"auth\",\"api_key\":\"\"}", "close 1008 API key required", false },
        { "{\"type\":\"auth\",\"api_key\":null}", "close 1008 API key required", false },
        { "{\"type\":\"auth\",\"api_key\":0}", "close 1008 API key required", false },
        { "{\"type\":\"auth\",\"api_key\":[]}", "close 1008 API key required", false },
        { "{\"type\":\"auth\",\"api_key\":\"wrong\"}", "close 1008 Authentication failed", true },
        { "{\"type\":\"auth\",\"api_key\":\"gateway-key\",\"api_key\":\"wrong\"}", "close 1008 Authentication failed", true },
        { "{\"type\":\"auth\",\"api_key\":7}", "close 1008 Authentication failed", true },
        { "{\"type\":\"auth\",\"api_key\":[\"gateway-key\"]}", "close 1008 Authentication failed", true },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task FirstMessage_ThatDoesNotAuthenticate_IsRefused(string message, string close, bool wrongKey)
    {
        await using var gateway = await StartAsync();
        await using var client = await SocketClient.ConnectAsync(gateway);

        await client.SendAsync(message);

        if (wrongKey)
        {
            Assert.Equal("authentication_failed: Invalid API key", await client.ReceiveErrorAsync());
        }
        Assert.Equal(close, await client.ReceiveAsync());
        await gateway.UntilCountAsync("authentication_failures", wrongKey ? 1 : 0);
        await gateway.UntilCountAsync("active_connections", 0);
        await gateway.UntilCountAsync("messages_sent", 0);
    }

    [Fact]
    public async Task FirstMessage_Binary_IsRefused()
    {
        await using var gateway = await StartAsync();
        await using var client = await SocketClient.ConnectAsync(gateway);

        await client.SendAsync("{\"type\":\"auth\"}"u8.ToArray(), WebSocketMessageType.Binary);

        Assert.Equal("close 1008 Invalid JSON", await client.ReceiveAsync());
    }

    [Fact]
    public async Task FirstMessage_Huge_IsRefused()
    {
        await using var gateway = await StartAsync();
        await using var client = await SocketClient.ConnectAsync(gateway);

        await client.SendAsync(new string(' ', 100_000));

        Assert.Equal("close 1009 Message too big", await client.ReceiveAsync());
    }

    [Fact]
    public async Task Silence_ForTenSeconds_IsRefused()
    {
        var time = new ManualTime();
        await using var gateway = await StartAsync(time);
        await using var client = await SocketClient.ConnectAsync(gateway);
        await using var open = await SocketClient.OpenAsync(gateway);

        time.Advance(TimeSpan.FromSeconds(9.9));
        await open.AssertNothingWaitsAsync();
        time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal("close 1008 Authentication timeout", await client.ReceiveAsync());
        await open.AssertNothingWaitsAsync();
    }

    [Fact]
    public async Task BeforeAuthentication_NothingIsSent()
    {
        await using var gateway = await StartAsync();
        await using var client = await SocketClient.ConnectAsync(gateway);

        await gateway.TellAsync("s1", "{\"n\":1}");
        await client.AuthenticateAsync();

        Assert.Equal("{\"n\":1}", await client.ReceiveDataAsync());
        await gateway.UntilCountAsync("messages_queued", 1);
    }

    [Fact]
    public async Task Key_InAnyFormOfJson_IsAccepted()
    {
        await using var gateway = await StartAsync();
        await using var client = await SocketClient.ConnectAsync(gateway, "ünï/☃ &?");

        await client.SendAsync(" { \"x\" : [1], \"api_key\":\"wrong\", \"type\":\"\\u0061uth\", \"api_key\":\"gateway-\\u006bey\" } ");
        await client.AssertNothingWaitsAsync();
        await gateway.TellAsync("ünï/☃ &?", "{}");

        Assert.Contains("\"session_id\":\"ünï/☃ &?\",\"data\":{}}", await client.ReceiveAsync(), StringComparison.Ordinal);
    }
}
