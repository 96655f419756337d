using System.Text.Json;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Status;

public sealed class HealthEndpointTests
{
    private const string Healthy = """
        {"status":"healthy","service":"platform-services","version":"1.0.0","components":{"auth":{"status":"healthy","port":8007},"analytics":{"status":"healthy","port":8007},"database":{"status":"healthy","connection":"active","pool_size":17,"checked_out":0},"redis":{"status":"disabled"}},"endpoints":{"auth":["/auth/register","/auth/login","/auth/verify","/auth/profile"],"analytics":["/analytics/events","/analytics/metrics","/analytics/usage","/analytics/costs"]},"timestamp":"2025-01-15T09:31:02.000000Z"}
        """;

    [Fact]
    public async Task Get_DatabaseThere_Is200()
    {
        await using var host = await PlatformHost.StartAsync(clock: new ManualTime());

        var (status, body, _) = await host.SendAsync("GET", "/health", headers: "X-API-Key: ");
        Assert.Equal((200, Healthy.Trim()), (status, body));
    }

    [Theory]
    [InlineData(false, "unhealthy")]
    [InlineData(true, "healthy")]
    public async Task Get_RedisConfigured_IsProbedAndNeverChangesTheStatus(bool running, string expected)
    {
        var port = running ? RedisServer.Shared.Port : FreePort.Next();
        await using var host = await PlatformHost.StartAsync(settings: new() { ["REDIS_URL"] = $"redis://127.0.0.1:{port}/0" });

        // The first connection may take longer than the probe waits.
        await Eventually.TrueAsync(async () =>
        {
            var (status, body, _) = await host.SendAsync("GET", "/health");
            Assert.Equal(200, status);
            return JsonElement.Parse(body).GetProperty("components").GetProperty("redis").GetProperty("status").GetString() == expected;
        });
    }
}
