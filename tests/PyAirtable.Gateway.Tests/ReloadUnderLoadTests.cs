using PyAirtable.Gateway.Tests.WebSockets;
using PyAirtable.Gateway.Tests.Wire;

namespace PyAirtable.Gateway.Tests;

/// <summary>Hundreds of reloads, each with another upstream and other keys and limits, while clients talk without a pause.</summary>
public sealed class ReloadUnderLoadTests
{
    private const int Reloads = 300;

    [Fact]
    public async Task Reload_HundredsOfTimes_DropsNoRequestAndNoWebSocket()
    {
        await using var other = new StubUpstream();
        await using var gateway = await GatewayHost.StartAsync(("RATE_LIMIT_RPM", "60000000"), ("WS_MESSAGE_RATE_LIMIT", "1000000"));
        using var over = new CancellationTokenSource();
        var progress = new long[6];
        Task[] clients =
        [
            TalkAsync(gateway, "GET", "/api/llm/x", "", null, () => progress[0]++, over.Token),
            TalkAsync(gateway, "POST", "/api/mcp/x", "", "{}", () => progress[1]++, over.Token),
            TalkAsync(gateway, "GET", "/api/llm/y", "Accept-Encoding: br\r\n", null, () => progress[2]++, over.Token),
            TalkAsync(gateway, "GET", "/api/tools", "", null, () => progress[3]++, over.Token),
            ListenAsync(gateway, "a", () => progress[4]++, over.Token),
            ListenAsync(gateway, "b", () => progress[5]++, over.Token),
        ];

        for (var i = 0; i < Reloads; i++)
        {
            var before = Array.ConvertAll(progress, count => count);
            gateway.Reload(
                ("LLM_ORCHESTRATOR_URL", i % 2 == 0 ? other.Url : gateway.Stub.Url),
                ("API_KEY", i % 3 == 0 ? "another-key" : GatewayHost.Key),
                ("API_KEYS", GatewayHost.Key),
                ("RATE_LIMIT_BURST", $"{50_000_000 + i}"),
                ("WS_MAX_QUEUED_MESSAGES", $"{1000 + i}"),
                ("UPSTREAM_MAX_WAITING", $"{1000 + (i % 7)}"));
            if (i % 10 == 0)
            {
                await Eventually.TrueAsync(() => clients.Any(client => client.IsCompleted) || progress.Zip(before).All(pair => pair.First > pair.Second));
            }
        }
        await over.CancelAsync();

        await Task.WhenAll(clients);
        Assert.NotEmpty(other.Seen);
        Assert.Equal(Reloads, (await gateway.Host.ReadLogAsync()).Split("settings taken over").Length - 1);
    }

    private static async Task TalkAsync(GatewayHost gateway, string method, string target, string headers, string? body, Action done, CancellationToken over)
    {
        using var connection = await WireConnection.ConnectAsync(gateway.Port);
        while (!over.IsCancellationRequested)
        {
            var answer = await connection.AskAsync(method, target, headers, body);
            Assert.Equal(200, answer?.Status);
            Assert.True(answer!.IsWhole);
            done();
        }
    }

    private static async Task ListenAsync(GatewayHost gateway, string session, Action done, CancellationToken over)
    {
        await using var socket = await SocketClient.OpenAsync(gateway, session);
        for (var i = 0; !over.IsCancellationRequested; i++)
        {
            await gateway.Module.Messages.SendAsync(session, new("chat_stream", System.Text.Encoding.UTF8.GetBytes($"{i}")), CancellationToken.None);
            string text;
            do
            {
                text = await socket.ReceiveAsync();
            }
            while (text.Contains("system_status", StringComparison.Ordinal) || text.Contains("\"ping\"", StringComparison.Ordinal));
            Assert.Contains($"\"data\":{i}", text, StringComparison.Ordinal);
            done();
        }
    }
}
