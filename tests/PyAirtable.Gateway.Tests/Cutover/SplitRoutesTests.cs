using PyAirtable.Gateway.Tests.Wire;

namespace PyAirtable.Gateway.Tests.Cutover;

/// <summary>Which side gets a request, on all kinds of routes.</summary>
public sealed class SplitRoutesTests
{
    public static TheoryData<string, string, string, string?> Routes => new()
    {
        { "chat", "GET", "/api/llm/x", null },
        { "chat", "GET", "/api/tools", null },
        { "chat", "POST", "/api/chat", """{"messages":[{"role":"user","content":"hello"}]}""" },
        { "chat", "GET", "/api/sessions/s1/history", null },
        { "tools", "POST", "/api/mcp/x", "{}" },
        { "airtable", "GET", "/api/airtable/bases", null },
        { "platform", "POST", "/api/platform/auth/login", "{}" },
        { "automation", "DELETE", "/api/automation/files/1", null },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_ByItsGroupsWeight_GoesToOneSide(string group, string method, string path, string? body)
    {
        await using var sides = await TwoSides.StartAsync();

        using var before = await sides.AskAsync(method, path, body);
        Assert.Equal((200, 1, 0), ((int)before.StatusCode, sides.Python.Seen.Count, sides.Native.Seen.Count));

        await sides.SetAsync(group, 100);
        using var after = await sides.AskAsync(method, path, body);
        Assert.Equal((200, 1, 1), ((int)after.StatusCode, sides.Python.Seen.Count, sides.Native.Seen.Count));
        Assert.Equal(sides.Python.Last.Target, sides.Native.Last.Target);
        Assert.Equal(sides.Python.Last.Text, sides.Native.Last.Text);
        Assert.Equal(GatewayHost.Key, sides.Native.Last.Header("X-API-Key"));
    }

    [Fact]
    public async Task Weight_Raised_TakesClientsFromThePythonSideOnly()
    {
        await using var sides = await TwoSides.StartAsync();
        var before = new HashSet<string>();
        foreach (var weight in new[] { 0, 20, 60, 100 })
        {
            await sides.SetAsync("platform", weight);
            var native = new HashSet<string>();
            for (var client = 0; client < 60; client++)
            {
                var address = $"10.1.0.{client}";
                using var answer = await sides.AskAsync("GET", "/api/platform/x", client: address, headers: [$"X-Cutover-Key: {TwoSides.TestKey}", "X-Cutover-Side: tell"]);
                if (answer.Header("X-Cutover-Side") == "native")
                {
                    native.Add(address);
                }
            }
            Assert.Superset(before, native);
            before = native;
        }
        Assert.Equal(60, before.Count);
    }

    [Fact]
    public async Task Client_AtHalf_SeesOneSide()
    {
        await using var sides = await TwoSides.StartAsync(("CUTOVER_PLATFORM_WEIGHT", "50"));
        for (var i = 0; i < 10; i++)
        {
            using var answer = await sides.AskAsync("GET", "/api/platform/x");
        }

        Assert.Contains(0, new[] { sides.Python.Seen.Count, sides.Native.Seen.Count });
    }

    [Fact]
    public async Task Part_ByItsPath_HasAWeightOfItsOwn()
    {
        await using var sides = await TwoSides.StartAsync(("CUTOVER_PATHS", "/api/platform/auth=100"));

        using var part = await sides.AskAsync("GET", "/api/platform/auth/profile");
        using var rest = await sides.AskAsync("GET", "/api/platform/authors");

        Assert.Equal("/auth/profile", Assert.Single(sides.Native.Seen).Target);
        Assert.Equal("/authors", Assert.Single(sides.Python.Seen).Target);
    }

    [Fact]
    public async Task Upstream_WithOneSide_IsLeftAlone()
    {
        await using var python = new StubUpstream();
        await using var gateway = await GatewayHost.StartAsync(("CUTOVER_PLATFORM_PYTHON_URL", python.Url));

        using var split = await gateway.SendAsync("GET", "/api/platform/x", null, $"X-API-Key: {GatewayHost.Key}");
        using var other = await gateway.SendAsync("GET", "/api/automation/x", null, $"X-API-Key: {GatewayHost.Key}");

        Assert.Single(python.Seen);
        Assert.Single(gateway.Stub.Seen);
    }

    [Fact]
    public async Task Body_OfARequestWithTwoSides_StillStreams()
    {
        await using var sides = await TwoSides.StartAsync(("CUTOVER_SHADOW_PERCENT", "100"), ("CUTOVER_SHADOW_ALSO", "POST /api/platform/x"));
        using var connection = await WireConnection.ConnectAsync(sides.Gateway.Port);

        await connection.RequestAsync("POST", "/api/platform/x", "Transfer-Encoding: chunked\r\n");
        await connection.SendAsync("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        var answer = await connection.ReadFinalAsync();

        Assert.Equal(200, answer?.Status);
        Assert.Equal("abcde", sides.Python.Last.Text);
        Assert.Equal("chunked", sides.Python.Last.Header("Transfer-Encoding"));
        Assert.Empty(sides.Native.Seen);
    }
}
