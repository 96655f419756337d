using System.Collections.Concurrent;
using PyAirtable.Gateway.Tests.Wire;

namespace PyAirtable.Gateway.Tests.Forwarding;

/// <summary>Answers that come before the request has been sent up whole, and requests that wait for leave to send it.</summary>
public sealed class EarlyAnswerTests
{
    private const string Path = "/api/llm/x";

    public static TheoryData<string, string> Framings => new()
    {
        { "Content-Length: 1000000\r\n", new string('a', 5000) },
        { "Transfer-Encoding: chunked\r\n", "1388\r\n" + new string('a', 5000) + "\r\n" },
    };

    [Theory]
    [MemberData(nameof(Framings))]
    public async Task Answer_BeforeTheBodysEnd_ReachesTheClient(string framing, string part)
    {
        foreach (var closes in (bool[])[true, false])
        {
            var heads = new ConcurrentQueue<WireMessage>();
            await using var upstream = new FaultyUpstream(async connection =>
            {
                while (await connection.ReadHeadAsync() is { } head)
                {
                    heads.Enqueue(head);
                    await connection.SendAsync(FaultyUpstream.Reply("{\"no\":1}", closes ? "Connection: close\r\n" : "", "413 Content Too Large"));
                    if (closes)
                    {
                        return;
                    }
                }
            });
            await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);
            using var client = await WireConnection.ConnectAsync(gateway);

            await client.RequestAsync("POST", Path, framing);
            await client.SendAsync(part);
            var answer = await client.ReadFinalAsync();

            Assert.Equal(413, answer?.Status);
            Assert.Equal("{\"no\":1}", answer?.Body);

            // The rest of that body is nobody's request.
            using var other = await WireConnection.ConnectAsync(gateway);
            var next = await other.AskAsync("GET", Path);
            Assert.Equal(413, next?.Status);
            Assert.All(heads, static head => Assert.EndsWith(" HTTP/1.1", head.Start, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Answer_BeforeTheBodysEnd_LeavesNoHalfRequestOnAKeptConnection()
    {
        var seen = new ConcurrentQueue<WireMessage>();
        await using var upstream = new FaultyUpstream(async connection =>
        {
            while (await connection.ReadHeadAsync() is { } head)
            {
                seen.Enqueue(head);
                await connection.SendAsync(FaultyUpstream.Reply("{\"early\":1}", "", "401 Unauthorized"));
            }
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);
        using var client = await WireConnection.ConnectAsync(gateway);

        await client.RequestAsync("POST", Path, "Content-Length: 60\r\n");
        var early = await client.ReadFinalAsync();
        // On a connection that is used again, these bytes must belong to the first request.
        await client.SendAsync("GET /smuggled HTTP/1.1\r\nHost: x\r\nX-Padding: aaaaaaaaaaaaa\r\n\r\n"[..60]);
        for (var i = 0; i < 3; i++)
        {
            using var other = await WireConnection.ConnectAsync(gateway);
            var answer = await other.AskAsync("GET", Path);
            Assert.Equal("{\"early\":1}", answer?.Body);
        }

        Assert.Equal("{\"early\":1}", early?.Body);
        Assert.All(seen, static head => Assert.Contains(head.Start, (string[])["POST /x HTTP/1.1", "GET /x HTTP/1.1"]));
    }

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
