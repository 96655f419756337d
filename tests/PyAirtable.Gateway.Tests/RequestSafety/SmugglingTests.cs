using PyAirtable.Gateway.Tests.Wire;

namespace PyAirtable.Gateway.Tests.RequestSafety;

public sealed class SmugglingTests(SmugglingFixture fixture) : IClassFixture<SmugglingFixture>
{
    private static readonly string[] OfTheConnection = ["HTTP2-Settings", "TE", "Trailer", "Keep-Alive", "Proxy-Connection"];

    public static TheoryData<SmugglingVector> Vectors => [.. SmugglingVectors.All];

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task Gateway_RequestThatMightBeReadInTwoWays_IsRefusedOrSentUpInOneWay(SmugglingVector vector)
    {
        var verdict = await fixture.Probe.SendAsync(fixture.Port, vector);

        Assert.Contains(verdict, vector.Ours.Split('|'));
        Assert.All(fixture.Probe.Seen, AssertUnambiguous);
    }

    [Fact]
    public void Vectors_ThatHAProxyRefuses_AreRefusedHereToo()
    {
        Assert.InRange(SmugglingVectors.All.Count(), 40, int.MaxValue);
        Assert.Equal(SmugglingVectors.All.Count(), SmugglingVectors.All.Select(vector => vector.Name).Distinct().Count());
        Assert.All(
            SmugglingVectors.All.Where(vector => vector.HAProxy.StartsWith("refused", StringComparison.Ordinal)),
            vector => Assert.Matches("^((refused|answered) ([45]|silently)|POST /x \\(broken off\\))", vector.Ours));
    }

    // RFC 9112: one way to frame, nothing that only some servers would overlook.
    private static void AssertUnambiguous(WireMessage request)
    {
        Assert.Matches("^[A-Za-z-]+ [!-~]+ HTTP/1\\.1$", request.Start);
        Assert.All(request.Headers, static header =>
        {
            Assert.Matches("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$", header.Name);
            Assert.DoesNotMatch("[\\0\\r\\n]", header.Value);
        });
        var (length, coding) = (request.Header("Content-Length"), request.Header("Transfer-Encoding"));
        Assert.Matches("^[0-9]*$", length ?? "");
        Assert.Contains(coding, (string?[])[null, "chunked"]);
        Assert.True(length is null || coding is null);
        Assert.DoesNotContain('|', request.Header("Host") ?? "|");
        Assert.All(OfTheConnection, name => Assert.Null(request.Header(name)));
        // WebSockets may pass; nothing else may turn the connection into something else.
        Assert.Contains(request.Header("Upgrade"), (string?[])[null, "websocket"]);
        Assert.Contains(request.Header("Connection"), (string?[])[null, "keep-alive", request.Header("Upgrade") is null ? null : "Upgrade"]);
        Assert.Equal(SmugglingVectors.Key, request.Header("X-API-Key"));
        Assert.EndsWith("127.0.0.1", request.Header("X-Forwarded-For"), StringComparison.Ordinal);
    }
}
