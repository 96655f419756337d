using System.Text.Json;

namespace PyAirtable.Gateway.Tests.WebSockets;

public sealed class StreamedChatTests
{
    private const string Question = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"session_id\":\"s1\",\"stream\":true}";

    [Fact]
    public async Task Chat_Streamed_GrowsAtTheSessionsClients()
    {
        await using var gateway = await StartAsync();
        await using var client = await SocketClient.OpenAsync(gateway);

        using var answer = await AskAsync(gateway);

        Assert.Equal("{\"response\":\"Hello\",\"session_id\":\"s1\",\"streaming\":true}", await answer.TextAsync());
        Assert.Equal(["Hel", "lo"], [await NextDeltaAsync(client), await NextDeltaAsync(client)]);
    }

    [Fact]
    public async Task Chat_StreamedToNobody_WaitsForTheFirstClient()
    {
        await using var gateway = await StartAsync();
        using var answer = await AskAsync(gateway);

        await using var client = await SocketClient.ConnectAsync(gateway);
        await client.AuthenticateAsync();

        Assert.Equal(["Hel", "lo"], [await NextDeltaAsync(client), await NextDeltaAsync(client)]);
        await client.AssertNothingWaitsAsync();
    }

    private static async Task<GatewayHost> StartAsync()
    {
        var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = static _ => StubUpstream.Reply("200 OK", "{\"delta\":\"Hel\",\"token_count\":1}\n{\"delta\":\"lo\",\"token_count\":2,\"is_complete\":true}\n");
        return gateway;
    }

    private static Task<HttpResponseMessage> AskAsync(GatewayHost gateway) => gateway.SendAsync("POST", "/api/chat", Question, "X-API-Key: " + GatewayHost.Key);

    private static async Task<string?> NextDeltaAsync(SocketClient client)
    {
        using var data = JsonDocument.Parse(await client.ReceiveDataAsync());
        return data.RootElement.GetProperty("delta").GetString();
    }
}
