using System.Globalization;
using System.Text.Json;
using PyAirtable.Gateway.WebSockets;

namespace PyAirtable.Gateway.Tests.WebSockets;

/// <summary>Short forms for tests of the WebSockets.</summary>
internal static class SocketTests
{
    public static ValueTask TellAsync(this GatewayHost gateway, string session, string data, string type = "chat_stream") =>
        gateway.Module.Messages.SendAsync(session, new SessionMessage(type, System.Text.Encoding.UTF8.GetBytes(data)), TestContext.Current.CancellationToken);

    public static async Task<double> CountAsync(this GatewayHost gateway, string name)
    {
        using var answer = await gateway.SendAsync("GET", "/api/websocket/stats", null, "X-API-Key: " + GatewayHost.Key);
        using var statistics = JsonDocument.Parse(await answer.TextAsync());
        return statistics.RootElement.GetProperty(name).GetDouble();
    }

    public static Task UntilCountAsync(this GatewayHost gateway, string name, double value) =>
        UntilAsync(async () => await gateway.CountAsync(name) == value, () => $"{name} is not {value.ToString(CultureInfo.InvariantCulture)}");

    public static async Task UntilAsync(Func<Task<bool>> condition, Func<string>? message = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20), message?.Invoke());
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
