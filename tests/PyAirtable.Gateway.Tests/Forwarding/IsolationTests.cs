using System.Globalization;
using PyAirtable.Gateway.Tests.Wire;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Forwarding;

/// <summary>Faults stay where they are: no answer has bytes of another, and no upstream waits for another.</summary>
public sealed class IsolationTests
{
    private const int Clients = 16;
    private const int RequestsEach = 40;

    [Fact]
    public async Task ManyRequests_ToAnUpstreamThatFailsInAllWays_GetTheirOwnAnswersOrNone()
    {
        await using var upstream = new FaultyUpstream(static async connection =>
        {
            while (await connection.ReadAsync() is { } request)
            {
                if (!await MisbehaveAsync(connection, request.Target))
                {
                    return;
                }
            }
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);

        var counts = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => AskAsync(gateway, client))));

        // Six of the ten kinds are whole answers.
        Assert.InRange(counts.Sum(), Clients * RequestsEach / 2, Clients * RequestsEach);
    }

    [Fact]
    public async Task Upstream_SilentToManyRequests_LeavesTheOthersAlone()
    {
        await using var silent = FaultyUpstream.Silent();
        await using var upstream = FaultyUpstream.Saying(FaultyUpstream.Reply("{\"own\":1}"));
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, [("LLM_ORCHESTRATOR_URL", silent.Url), ("PROXY_TIMEOUT_SECONDS", "600")]);
        var waiting = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var client = await WireConnection.ConnectAsync(gateway);
            await client.RequestAsync("POST", "/api/llm/x", body: "{}");
            return client;
        }));
        using var other = await WireConnection.ConnectAsync(gateway);

        for (var i = 0; i < 20; i++)
        {
            foreach (var path in (string[])["/api/mcp/x", "/api/platform/x", "/api/automation/x", "/api/airtable/x"])
            {
                var answer = await other.AskAsync("GET", path);
                Assert.Equal("{\"own\":1}", answer?.Body);
            }
        }

        foreach (var client in waiting)
        {
            client.Dispose();
        }
    }

    [Theory]
    [InlineData("/api/llm/x", "\"error\":\"All connection attempts failed\"")]
    [InlineData("/api/airtable/x", "{\"detail\":\"All connection attempts failed\"}")]
    public async Task Upstream_ThatRefuses_FailsAtOnce(string path, string body)
    {
        await using var upstream = FaultyUpstream.Saying(FaultyUpstream.Reply("{\"own\":1}"));
        var refusing = $"http://127.0.0.1:{FreePort.Next()}";
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, [("LLM_ORCHESTRATOR_URL", refusing), ("AIRTABLE_GATEWAY_URL", refusing), ("PROXY_TIMEOUT_SECONDS", "600")]);
        using var client = await WireConnection.ConnectAsync(gateway);

        var refused = await client.AskAsync("GET", path);
        var other = await client.AskAsync("GET", "/api/mcp/x");

        Assert.Equal(500, refused?.Status);
        Assert.Contains(body, refused?.Body, StringComparison.Ordinal);
        Assert.Equal("{\"own\":1}", other?.Body);
    }

    private static async Task<int> AskAsync(ServiceHost gateway, int client)
    {
        var whole = 0;
        WireConnection? connection = null;
        for (var i = 0; i < RequestsEach; i++)
        {
            connection ??= await WireConnection.ConnectAsync(gateway);
            var path = i % 2 == 0 ? "/api/llm" : "/api/airtable";
            var tag = $"/{client}-{i}-{(client + (i / 2)) % 10}";
            var answer = await connection.AskAsync(i % 3 == 0 ? "POST" : "GET", path + tag, body: i % 3 == 0 ? "{}" : null);
            if (answer is { IsWhole: true, Status: 200 })
            {
                Assert.Equal(Body(tag), answer.Body);
                whole++;
            }
            else if (answer is { IsWhole: true })
            {
                // The gateway's own word, never the upstream's.
                Assert.Contains(answer.Status, (int[])[500, 502]);
                Assert.DoesNotContain("tag", answer.Body, StringComparison.Ordinal);
            }
            if (answer is not { IsWhole: true } || answer.Header("Connection") == "close")
            {
                connection.Dispose();
                connection = null;
            }
        }
        connection?.Dispose();
        return whole;
    }

    // Long enough to come in several reads.
    private static string Body(string tag) => $"{{\"tag\":\"{string.Concat(Enumerable.Repeat(tag, 500))}\"}}";

    // The last digit of the target says how; false ends the connection.
    private static async Task<bool> MisbehaveAsync(WireConnection connection, string target)
    {
        var body = Body(target);
        var good = FaultyUpstream.Reply(body);
        switch (target[^1])
        {
            case '0':
                await connection.SendAsync(good + FaultyUpstream.Reply("{\"tag\":\"surplus\"}"));
                return true;
            case '1':
                await connection.SendAsync($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length.ToString("x", CultureInfo.InvariantCulture)}\r\n{body}\r\n0\r\n\r\n");
                return true;
            case '2':
                await connection.SendAsync($"HTTP/1.1 200 OK\r\n\r\n{body}");
                return false;
            case '3':
                await connection.SendAsync(good[..(good.Length / 2)]);
                await Task.Yield();
                await connection.SendAsync(good[(good.Length / 2)..]);
                return true;
            case '4':
                await connection.SendAsync(good);
                return false;
            case '5':
                await connection.SendAsync(good[..^10]);
                return false;
            case '6':
                await connection.SendAsync(good[..^10]);
                connection.Reset();
                return false;
            case '7':
                return false;
            case '8':
                await connection.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{\"tag\":1}\r\n0\r\n\r\n");
                return true;
            default:
                await connection.SendAsync(good);
                return true;
        }
    }
}
