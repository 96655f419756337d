using System.Text.Json;
using PyAirtable.Gateway.Tests.Wire;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Cutover.Guarding;

/// <summary>A native side that fails or is slow loses its clients by itself.</summary>
public sealed class GuardTests
{
    [Theory]
    [InlineData("/api/platform/x", "platform")]
    [InlineData("/api/airtable/x", "airtable")]
    public async Task NativeSide_ThatFails_IsGivenUpUntilSetAgain(string path, string group)
    {
        await using var sides = await TwoSides.StartAsync(("CUTOVER_GUARD_MIN_REQUESTS", "5"));
        sides.Native.Answer = static _ => StubUpstream.Reply("500 Internal Server Error", "{}");
        await sides.SetAsync(group, 100);

        for (var i = 0; i < 5; i++)
        {
            using var answer = await sides.AskAsync("GET", path);
        }
        await Eventually.TrueAsync(async () => (await ShowAsync(sides, group)).GetProperty("weight").GetInt32() == 0);

        var shown = await ShowAsync(sides, group);
        Assert.Equal("guard", shown.GetProperty("set_by").GetString());
        using var after = await sides.AskAsync("GET", path);
        Assert.Equal((200, 1), ((int)after.StatusCode, sides.Python.Seen.Count));
        Assert.Contains($"pyairtable_cutover_pulled_back_total{{group=\"{group}\"}} 1", await sides.ReadMetricsAsync(), StringComparison.Ordinal);
        var log = await sides.Gateway.Host.ReadLogAsync();
        Assert.Contains($"cutover of {group}: weight of the native side moved back from 100 to 0: 5 of 5 requests failed", log, StringComparison.Ordinal);

        sides.Native.Answer = static _ => StubUpstream.Reply("200 OK", "{}");
        sides.Gateway.Reload(("COMPRESSION", "false"));
        Assert.Equal(0, (await ShowAsync(sides, group)).GetProperty("weight").GetInt32());
        await sides.SetAsync(group, 50);
        Assert.Equal(50, (await ShowAsync(sides, group)).GetProperty("weight").GetInt32());
    }

    [Fact]
    public async Task NativeSide_ThatIsSilent_IsGivenUpBeforeItAnswers()
    {
        await using var sides = await TwoSides.StartAsync(("CUTOVER_GUARD_MIN_REQUESTS", "3"), ("CUTOVER_GUARD_LATENCY", "200ms"));
        sides.Native.Answer = static _ => null;
        await sides.SetAsync("platform", 100);
        var asking = Enumerable.Range(0, 3).Select(_ => sides.AskAsync("GET", "/api/platform/x")).ToList();

        await Eventually.TrueAsync(async () => (await ShowAsync(sides, "platform")).GetProperty("set_by").GetString() == "guard");

        Assert.Equal(3, sides.Native.Seen.Count);
        Assert.All(asking, static request => Assert.False(request.IsCompleted));
        using var after = await sides.AskAsync("GET", "/api/platform/x");
        Assert.Equal(200, (int)after.StatusCode);
    }

    [Fact]
    public async Task Client_ThatSendsItsBodySlowly_SpeaksAgainstNoSide()
    {
        await using var sides = await TwoSides.StartAsync(("CUTOVER_GUARD_MIN_REQUESTS", "1"), ("CUTOVER_GUARD_LATENCY", "50ms"), ("CUTOVER_PLATFORM_WEIGHT", "100"));
        using var connection = await WireConnection.ConnectAsync(sides.Gateway.Port);
        await connection.RequestAsync("POST", "/api/platform/x", "Content-Length: 2\r\n");
        await Eventually.TrueAsync(async () => (await ShowAsync(sides, "platform")).GetProperty("native").GetProperty("requests").GetInt32() == 1);
        // Until a request that comes later, and takes as long, is counted slow.
        sides.Native.Answer = static request => request.Method == "GET" ? null : StubUpstream.Reply("200 OK", "{}");
        var late = sides.AskAsync("GET", "/api/platform/late");
        await Eventually.TrueAsync(async () => (await ShowAsync(sides, "platform")).GetProperty("set_by").GetString() == "guard");
        await connection.SendAsync("ab");

        Assert.Equal(200, (await connection.ReadFinalAsync())?.Status);
        Assert.Contains(": 1 of 2 requests took longer than 50 ms", await sides.Gateway.Host.ReadLogAsync(), StringComparison.Ordinal);
        Assert.Equal("ab", sides.Native.Seen.Single(static seen => seen.Method == "POST").Text);
    }

    [Fact]
    public async Task NativeSide_ThatBreaksOff_IsGivenUp()
    {
        await using var sides = await TwoSides.StartAsync(("CUTOVER_GUARD_MIN_REQUESTS", "1"), ("CUTOVER_PLATFORM_WEIGHT", "100"));
        sides.Native.HangsUp = true;
        sides.Native.Answer = static _ => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"u8.ToArray();

        using var connection = await WireConnection.ConnectAsync(sides.Gateway.Port);
        await connection.RequestAsync("GET", "/api/platform/x");

        await Eventually.TrueAsync(async () => (await ShowAsync(sides, "platform")).GetProperty("set_by").GetString() == "guard");
    }

    [Fact]
    public async Task NativeSide_ThatCannotBeReached_IsGivenUp()
    {
        await using var sides = await TwoSides.StartAsync(("CUTOVER_GUARD_MIN_REQUESTS", "3"), ("CUTOVER_PLATFORM_NATIVE_URL", $"http://127.0.0.1:{FreePort.Next()}"), ("CUTOVER_PLATFORM_WEIGHT", "100"));

        await Eventually.TrueAsync(async () =>
        {
            using var answer = await sides.AskAsync("GET", "/api/platform/x");
            return (int)answer.StatusCode == 200;
        });

        Assert.Equal("guard", (await ShowAsync(sides, "platform")).GetProperty("set_by").GetString());
    }

    [Fact]
    public async Task NativeSide_WithinItsLimits_Stays()
    {
        await using var sides = await TwoSides.StartAsync(("CUTOVER_GUARD_MIN_REQUESTS", "2"), ("CUTOVER_GUARD_ERROR_PERCENT", "50"), ("CUTOVER_PLATFORM_WEIGHT", "100"));
        sides.Native.Answer = static request => StubUpstream.Reply(request.Target == "/bad" ? "500 Internal Server Error" : "404 Not Found", "{}");

        foreach (var path in new[] { "/a", "/b", "/bad", "/bad" })
        {
            using var answer = await sides.AskAsync("GET", "/api/platform" + path);
        }
        var shown = await ShowAsync(sides, "platform");
        Assert.Equal((4, 2), (shown.GetProperty("native").GetProperty("requests").GetInt32(), shown.GetProperty("native").GetProperty("failed").GetInt32()));

        // What the guard would have looked at it has looked at once a further fault is acted upon.
        using var last = await sides.AskAsync("GET", "/api/platform/bad");
        await Eventually.TrueAsync(async () => (await ShowAsync(sides, "platform")).GetProperty("weight").GetInt32() == 0);
    }

    private static async Task<JsonElement> ShowAsync(TwoSides sides, string group)
    {
        using var answer = await sides.AdministerAsync("GET", "/api/cutover");
        using var shown = JsonDocument.Parse(await answer.TextAsync());
        return shown.RootElement.GetProperty("groups").EnumerateArray().Single(entry => entry.GetProperty("group").GetString() == group).Clone();
    }
}
