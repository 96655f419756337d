namespace PyAirtable.Gateway.Tests.Families;

public sealed class RequestIdsTests
{
    [Theory]
    [InlineData("/api/health")]
    [InlineData("/health")]
    [InlineData("/api/llm/x")]
    [InlineData("/nope")]
    public async Task Answer_ToARequestWithIds_EchoesThem(string path)
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var answer = await gateway.SendAsync("GET", path, null, "X-Trace-ID: trace 1", "X-Request-ID: request-2");

        Assert.Equal("trace 1", answer.Header("X-Trace-ID"));
        Assert.Equal("request-2", answer.Header("X-Request-ID"));
    }

    [Fact]
    public async Task Answer_ToARequestWithoutIds_HasTwoNewOnes()
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var answer = await gateway.SendAsync("GET", "/health");

        Assert.Equal(4, Guid.Parse(answer.Header("X-Trace-ID")!).Version);
        Assert.Equal(4, Guid.Parse(answer.Header("X-Request-ID")!).Version);
        Assert.NotEqual(answer.Header("X-Trace-ID"), answer.Header("X-Request-ID"));
    }

    [Fact]
    public async Task Answer_ToIdsThatNoAnswerMayCarry_HasNewOnes()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var connection = new RawConnection(gateway.Port);

        var answer = await connection.SendAsync("GET /health HTTP/1.1\r\nHost: x\r\nX-Trace-ID: a\u0001b\r\nX-Request-ID: a\u001fb\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0001', answer);
    }
}
