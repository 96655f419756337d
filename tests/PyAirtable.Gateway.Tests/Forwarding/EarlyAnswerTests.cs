using PyAirtable.Gateway.Tests.Wire;

namespace PyAirtable.Gateway.Tests.Forwarding;

/// <summary>Answers that come before the request has been sent up whole, and requests that wait for leave to send it.</summary>
public sealed class EarlyAnswerTests
{
    private const string Path = "/api/llm/x";

    [Fact]
    public async Task Expect_OfAClient_IsAnsweredBeforeItsBody()
    {
        await using var upstream = new FaultyUpstream(static async connection =>
        {
            while (await connection.ReadHeadAsync() is { } head)
            {
                if (head.Header("Expect") is not null)
                {
                    await connection.SendAsync("HTTP/1.1 100 Continue\r\n\r\n");
                }
                await connection.SendAsync(FaultyUpstream.Reply(await connection.ReadTextAsync(5)));
            }
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);
        using var client = await WireConnection.ConnectAsync(gateway);

        for (var i = 0; i < 2; i++)
        {
            await client.RequestAsync("POST", Path, "Expect: 100-continue\r\nContent-Length: 5\r\n");
            var leave = await client.ReadAsync();
            await client.SendAsync("hello");
            var answer = await client.ReadAsync();

            Assert.Equal(100, leave?.Status);
            Assert.Equal(200, answer?.Status);
            Assert.Equal("hello", answer?.Body);
        }
    }

    [Fact]
    public async Task Expect_OfAnUpstreamThatSendsNoLeave_DoesNotHang()
    {
        await using var upstream = new FaultyUpstream(static async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
            {
                await connection.SendAsync(FaultyUpstream.Reply(await connection.ReadTextAsync(5)));
            }
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);
        using var client = await WireConnection.ConnectAsync(gateway);

        await client.RequestAsync("POST", Path, "Expect: 100-continue\r\nContent-Length: 5\r\n");
        // A client waits for a moment only.
        await client.SendAsync("hello");
        var answer = await client.ReadFinalAsync();

        Assert.Equal(200, answer?.Status);
        Assert.Equal("hello", answer?.Body);
    }

    [Fact]
    public async Task Expect_RefusedByTheUpstream_GivesItsAnswer()
    {
        await using var upstream = new FaultyUpstream(static async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync(FaultyUpstream.Reply("{\"no\":1}", "Connection: close\r\n", "401 Unauthorized"));
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);
        using var client = await WireConnection.ConnectAsync(gateway);

        await client.RequestAsync("POST", Path, "Expect: 100-continue\r\nContent-Length: 1000000\r\n");
        var answer = await client.ReadFinalAsync();

        Assert.Equal(401, answer?.Status);
        Assert.Equal("{\"no\":1}", answer?.Body);
    }

    [Fact]
    public async Task Expect_WithAWrongKey_IsRefusedWithoutLeave()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var client = await WireConnection.ConnectAsync(gateway.Port);

        await client.SendAsync($"POST {Path} HTTP/1.1\r\nHost: x\r\nX-API-Key: wrong\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        var answer = await client.ReadAsync();

        Assert.Equal(401, answer?.Status);
        Assert.Empty(gateway.Stub.Seen);
    }
}
