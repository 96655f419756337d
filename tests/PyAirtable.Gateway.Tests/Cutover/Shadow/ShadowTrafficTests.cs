using System.Text.Json;
using PyAirtable.Gateway.Tests.Wire;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Cutover.Shadow;

/// <summary>Copies of requests to the side that does not answer them.</summary>
public sealed class ShadowTrafficTests
{
    private static readonly (string, string)[] All = [("CUTOVER_SHADOW_PERCENT", "100"), ("CUTOVER_SHADOW_NOISE_PERCENT", "0")];

    [Theory]
    [InlineData("GET", "/api/platform/x?a=b", "/x?a=b")]
    [InlineData("HEAD", "/api/platform/x", "/x")]
    [InlineData("GET", "/api/airtable/x?a=b", "/x?a=b")]
    public async Task Request_OfASafeMethod_IsCopiedWithItsCredentials(string method, string path, string target)
    {
        await using var sides = await TwoSides.StartAsync(All);

        using var answer = await sides.AskAsync(method, path, headers: ["X-Trace-ID: t1"]);
        await EndedAsync(sides, 1);

        var copy = Assert.Single(sides.Native.Seen);
        var own = Assert.Single(sides.Python.Seen);
        Assert.Equal((method, target, GatewayHost.Key, "t1", "true"), (copy.Method, copy.Target, copy.Header("X-API-Key"), copy.Header("X-Trace-ID"), copy.Header("X-Cutover-Shadow")));
        Assert.Null(own.Header("X-Cutover-Shadow"));
        Assert.Equal(own.Headers.Where(Counts), copy.Headers.Where(Counts));

        static bool Counts((string Name, string Value) header) => header.Name is not ("Host" or "X-Cutover-Shadow");
    }

    [Theory]
    [InlineData("POST", "/api/platform/x", "{}")]
    [InlineData("DELETE", "/api/automation/files/1", null)]
    [InlineData("PUT", "/api/airtable/x", "{}")]
    [InlineData("POST", "/api/chat", """{"messages":[{"role":"user","content":"hello"}]}""")]
    [InlineData("POST", "/api/platform/auth/verify/../login", "{}")]
    [InlineData("GET", "/api/platform/x", null, "Accept: text/event-stream")]
    [InlineData("GET", "/api/platform/x", "0123456789abcdef")]
    public async Task Request_ThatMayDoHarmOrIsLong_IsNotCopied(string method, string path, string? body, params string[] headers)
    {
        await using var sides = await TwoSides.StartAsync([.. All, ("CUTOVER_SHADOW_MAX_BODY", "15"), ("CUTOVER_SHADOW_ALSO", "POST /api/platform/auth/verify")]);

        using var answer = await sides.AskAsync(method, path, body, headers: headers);
        using var next = await sides.AskAsync("GET", "/api/platform/next");
        await EndedAsync(sides, 1);

        Assert.Equal("/next", Assert.Single(sides.Native.Seen).Target);
    }

    [Fact]
    public async Task Request_MarkedToBe_IsCopiedWithItsBody()
    {
        await using var sides = await TwoSides.StartAsync([.. All, ("CUTOVER_SHADOW_ALSO", "POST /api/platform/auth/verify")]);

        using var answer = await sides.AskAsync("POST", "/api/platform/auth/verify", "{\"token\":\"t\"}");
        await EndedAsync(sides, 1);

        Assert.Equal("{\"token\":\"t\"}", sides.Python.Last.Text);
        Assert.Equal("{\"token\":\"t\"}", Assert.Single(sides.Native.Seen).Text);
    }

    [Fact]
    public async Task Handshake_OfAWebSocket_IsNotCopied()
    {
        await using var sides = await TwoSides.StartAsync(All);
        sides.Python.Answer = static _ => "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"u8.ToArray();
        using var connection = await WireConnection.ConnectAsync(sides.Gateway.Port);
        await connection.RequestAsync("GET", "/api/platform/x", "Connection: Upgrade\r\nUpgrade: x\r\n");
        await Eventually.TrueAsync(() => sides.Python.Seen.Count == 1);

        sides.Python.Answer = static _ => StubUpstream.Reply("200 OK", "{}");
        using var next = await sides.AskAsync("GET", "/api/platform/next");
        await EndedAsync(sides, 1);

        Assert.Equal("/next", Assert.Single(sides.Native.Seen).Target);
    }

    [Fact]
    public async Task Answers_ThatDiffer_AreCountedAndKeptWithoutSecrets()
    {
        await using var sides = await TwoSides.StartAsync([.. All, ("CUTOVER_SHADOW_IGNORE", "..at,items[*].seen")]);
        sides.Python.Answer = static _ => StubUpstream.Reply("200 OK", """{"id":1,"n":1.0,"at":"a","access_token":"aaaa","items":[{"seen":1,"name":"x"},{"seen":2,"name":"y"}],"only":true}""");
        sides.Native.Answer = static _ => StubUpstream.Reply("200 OK", """{"n":1,"id":2,"at":"b","access_token":"bbbb","items":[{"seen":3,"name":"x"},{"seen":4,"name":"z"}]}""", "Location: /elsewhere");

        using var answer = await sides.AskAsync("GET", "/api/platform/users/1?token=secret");
        await EndedAsync(sides, 1);

        using var found = await ReadAsync(sides);
        var sample = Assert.Single(found.RootElement.GetProperty("samples").EnumerateArray());
        Assert.Equal(("platform", "/api/platform/*", "/api/platform/users/1"), (sample.GetProperty("group").GetString(), sample.GetProperty("route").GetString(), sample.GetProperty("path").GetString()));
        Assert.Equal(
            ["header Location  /elsewhere", "json id 1 2", "json access_token *** ***", "json items[*].name y z", "json only true missing"],
            sample.GetProperty("differences").EnumerateArray().Select(static entry => string.Join(' ', entry.EnumerateObject().Select(static member => member.Value.GetString()))));
        Assert.DoesNotContain("secret", found.RootElement.GetRawText(), StringComparison.Ordinal);
        var metrics = await sides.ReadMetricsAsync();
        Assert.Contains("pyairtable_cutover_shadows_total{group=\"platform\",result=\"different\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("pyairtable_cutover_differences_total{group=\"platform\",route=\"/api/platform/*\",kind=\"json\"} 1", metrics, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("200 OK", "plain", "201 Created", "other", "status")]
    [InlineData("200 OK", "plain", "200 OK", "other", "body")]
    [InlineData("200 OK", "{\"a\":1}", "200 OK", "no json", "body")]
    [InlineData("404 Not Found", "{\"detail\":\"x\"}", "404 Not Found", "{\"detail\":\"y\"}", "json")]
    public async Task Answers_ThatDiffer_AreOfAKind(string pythonStatus, string python, string nativeStatus, string native, string kind)
    {
        await using var sides = await TwoSides.StartAsync(All);
        await sides.SetAsync("platform", 100);
        sides.Python.Answer = _ => StubUpstream.Reply(pythonStatus, python);
        sides.Native.Answer = _ => StubUpstream.Reply(nativeStatus, native);

        using var answer = await sides.AskAsync("GET", "/api/platform/x");
        await EndedAsync(sides, 1);

        using var found = await ReadAsync(sides);
        var sample = found.RootElement.GetProperty("samples")[0];
        Assert.Equal(kind, sample.GetProperty("differences")[0].GetProperty("kind").GetString());
        Assert.Equal((pythonStatus[..3], nativeStatus[..3]), ($"{sample.GetProperty("python_status")}", $"{sample.GetProperty("native_status")}"));
        Assert.Equal(native, await answer.TextAsync());
    }

    [Fact]
    public async Task Place_ThatDiffersByItself_IsLearned()
    {
        await using var sides = await TwoSides.StartAsync(("CUTOVER_SHADOW_PERCENT", "100"), ("CUTOVER_SHADOW_NOISE_PERCENT", "100"));
        var count = 0;
        sides.Python.Answer = _ => StubUpstream.Reply("200 OK", $"{{\"id\":1,\"now\":{Interlocked.Increment(ref count)}}}");
        sides.Native.Answer = _ => StubUpstream.Reply("200 OK", $"{{\"id\":1,\"now\":{Interlocked.Increment(ref count)}}}");

        using var answer = await sides.AskAsync("GET", "/api/platform/x");
        await EndedAsync(sides, 1);

        using var found = await ReadAsync(sides);
        Assert.Empty(found.RootElement.GetProperty("samples").EnumerateArray());
        Assert.Equal("""[{"group":"platform","route":"/api/platform/*","places":["json now"]}]""", found.RootElement.GetProperty("noise").GetRawText());
        Assert.Equal((2, 1), (sides.Python.Seen.Count, sides.Native.Seen.Count));
        Assert.Equal([null, "true"], sides.Python.Seen.Select(static seen => seen.Header("X-Cutover-Shadow")));
    }

    [Fact]
    public async Task Answer_ThatIsLongOrAStream_IsNotCompared()
    {
        await using var sides = await TwoSides.StartAsync([.. All, ("CUTOVER_SHADOW_MAX_ANSWER", "1KB")]);
        sides.Python.Answer = static request => request.Target == "/long" ? StubUpstream.Reply("200 OK", new string('x', 2000))
            : "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9\r\n\r\ndata: x\n\n"u8.ToArray();

        using var longOne = await sides.AskAsync("GET", "/api/platform/long");
        using var stream = await sides.AskAsync("GET", "/api/platform/stream");
        Assert.Equal((2000, "data: x\n\n"), ((await longOne.TextAsync()).Length, await stream.TextAsync()));
        await EndedAsync(sides, 2);

        Assert.Empty(sides.Native.Seen);
        Assert.Contains("pyairtable_cutover_shadows_total{group=\"platform\",result=\"skipped\"} 2", await sides.ReadMetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherSide_ThatIsSilent_HoldsNobodyUpAndGetsNoMoreThanItMay()
    {
        await using var sides = await TwoSides.StartAsync([.. All, ("CUTOVER_SHADOW_MAX_CONCURRENT", "2")]);
        sides.Native.Answer = static _ => null;

        for (var i = 0; i < 6; i++)
        {
            using var answer = await sides.AskAsync("GET", "/api/platform/x");
            Assert.Equal(200, (int)answer.StatusCode);
        }

        Assert.Contains("pyairtable_cutover_shadows_total{group=\"platform\",result=\"dropped\"} 4", await sides.ReadMetricsAsync(), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => sides.Native.Seen.Count == 2);
    }

    private static async Task<JsonDocument> ReadAsync(TwoSides sides)
    {
        using var answer = await sides.AdministerAsync("GET", "/api/cutover/differences");
        return JsonDocument.Parse(await answer.TextAsync());
    }

    // So many samples have come to their end.
    private static Task EndedAsync(TwoSides sides, int count) => Eventually.TrueAsync(async () =>
    {
        using var answer = await sides.AdministerAsync("GET", "/api/cutover");
        using var shown = JsonDocument.Parse(await answer.TextAsync());
        return shown.RootElement.GetProperty("groups").EnumerateArray().Sum(static group => group.GetProperty("shadow").EnumerateObject().Sum(static result => result.Value.GetInt32())) == count;
    });
}
