using PyAirtable.Gateway.Tests.Wire;

namespace PyAirtable.Gateway.Tests.Forwarding;

/// <summary>When a client goes, its request at the upstream ends at once, and not after a timeout.</summary>
public sealed class ClientAbortTests
{
    private static readonly (string, string)[] Patient = [("PROXY_TIMEOUT_SECONDS", "600")];

    public static TheoryData<string, string, string> Moments => new()
    {
        { "waiting for the head", "Content-Length: 2\r\n\r\n{}", "" },
        { "within a body with a length", "Content-Length: 2\r\n\r\n{}", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf" },
        { "within a chunked body", "Content-Length: 2\r\n\r\n{}", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n" },
        { "within a body without length", "Content-Length: 2\r\n\r\n{}", "HTTP/1.1 200 OK\r\n\r\nhalf" },
        { "sending a body with a length", "Content-Length: 9\r\n\r\n{}", "" },
        { "sending a chunked body", "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", "" },
    };

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Client_Gone_EndsTheRequestAtTheUpstream(string moment, string sent, string answer)
    {
        Assert.NotEmpty(moment);
        foreach (var reset in (bool[])[true, false])
        {
            var begun = new TaskCompletionSource();
            var ended = new TaskCompletionSource();
            await using var upstream = new FaultyUpstream(async connection =>
            {
                await connection.ReadHeadAsync();
                await connection.ReadTextAsync(2);
                await connection.SendAsync(answer);
                begun.TrySetResult();
                await connection.ReadToEndAsync();
                ended.TrySetResult();
            });
            await using var gateway = await GatewayHost.StartAsync(upstream.Url, Patient);
            var client = await WireConnection.ConnectAsync(gateway);

            await client.SendAsync($"POST /api/llm/x HTTP/1.1\r\nHost: x\r\nX-API-Key: {GatewayHost.Key}\r\n{sent}");
            await begun.Task.WaitAsync(WireConnection.Patience, TestContext.Current.CancellationToken);
            if (answer.Length > 0)
            {
                await client.ReadHeadAsync();
            }
            if (reset)
            {
                client.Reset();
            }
            client.Dispose();

            await ended.Task.WaitAsync(WireConnection.Patience, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Client_GoneFromAPythonRoute_EndsTheRequestAtTheUpstream()
    {
        var begun = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        await using var upstream = new FaultyUpstream(async connection =>
        {
            await connection.ReadAsync();
            begun.TrySetResult();
            await connection.ReadToEndAsync();
            ended.TrySetResult();
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, Patient);
        var client = await WireConnection.ConnectAsync(gateway);

        await client.RequestAsync("POST", "/api/airtable/x", body: "{}");
        await begun.Task.WaitAsync(WireConnection.Patience, TestContext.Current.CancellationToken);
        client.Dispose();

        await ended.Task.WaitAsync(WireConnection.Patience, TestContext.Current.CancellationToken);
    }
}
