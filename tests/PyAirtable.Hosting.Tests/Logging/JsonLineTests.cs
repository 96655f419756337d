using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Logging;

namespace PyAirtable.Hosting.Tests.Logging;

public sealed class JsonLineTests
{
    private const string Uuid = "6f1c2a34-5b6d-4e7f-8a9b-0c1d2e3f4a5b";

    [Fact]
    public async Task Write_Message_HasItsValuesInSnakeCase()
    {
        await using var log = new LogHarness();
        log.Logger.LogWarning(new EventId(12), "{Upstream} opened after {FailureCount} failures in {Share}", "mcp", 5, 0.5);

        Assert.Equal(
            """{"ts":"2025-08-01T10:15:02.007Z","level":"warn","msg":"mcp opened after 5 failures in 0.5","logger":"PyAirtable.Tests","event":12,"upstream":"mcp","failure_count":5,"share":0.5}""",
            Assert.Single(await log.LinesAsync()));
    }

    [Fact]
    public async Task Write_ValueNamedAsAKeyOfTheLine_IsMarked()
    {
        await using var log = new LogHarness();
        log.Logger.LogInformation("{Level} {TraceId}", "high", Uuid);

        var line = await log.OnlyLineAsync();
        Assert.Equal("info", line.GetProperty("level").GetString());
        Assert.Equal("high", line.GetProperty("level_").GetString());
        Assert.Equal(Uuid, line.GetProperty("trace_id").GetString());
    }

    [Fact]
    public async Task Write_Exception_HasTypeMessageAndStackAtError()
    {
        await using var log = new LogHarness();
        var failure = Assert.Throws<InvalidOperationException>(Fail);
        log.Logger.LogError(failure, "failed");
        log.Logger.LogWarning(failure, "failed");

        var lines = await log.LinesAsync();
        var error = JsonSerializer.Deserialize<JsonElement>(lines[0]).GetProperty("error");
        Assert.Equal("System.InvalidOperationException", error.GetProperty("type").GetString());
        Assert.Equal("redis://:***@cache:6379 is gone", error.GetProperty("message").GetString());
        Assert.Contains(nameof(Fail), error.GetProperty("stack").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("stack", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Access_IsThisLine()
    {
        await using var log = new LogHarness();
        log.Sink.WriteAccess(new AccessLine("gateway", "GET", "/api/platform/{*path}", 200, TimeSpan.FromMicroseconds(1024), 250, Uuid, "platform-services"));

        Assert.Equal(
            "{\"ts\":\"2025-08-01T10:15:02.007Z\",\"level\":\"info\",\"msg\":\"access\",\"svc\":\"gateway\",\"m\":\"GET\",\"status\":200,\"ms\":1.024,\"bytes\":250,"
            + $"\"up\":\"platform-serv…\",\"trace\":\"{Uuid}\",\"route\":\"/api/platform/{{*path}}\"}}\n",
            await log.TextAsync());
    }

    [Fact]
    public async Task Write_TypicalAccess_FitsWhole()
    {
        await using var log = new LogHarness();
        const string Route = "/api/v1/workflows/{workflow_id}";
        log.Sink.WriteAccess(new AccessLine("automation", "DELETE", Route, 200, TimeSpan.FromMilliseconds(12345.678), 1_234_567, Uuid, "automation"));

        var text = Assert.Single(await log.LinesAsync());
        Assert.True(text.Length + 1 <= 250, text);
        var json = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal("access", json.GetProperty("msg").GetString());
        Assert.Equal("automation", json.GetProperty("svc").GetString());
        Assert.Equal("DELETE", json.GetProperty("m").GetString());
        Assert.Equal(Route, json.GetProperty("route").GetString());
        Assert.Equal(200, json.GetProperty("status").GetInt32());
        Assert.Equal(12345.678, json.GetProperty("ms").GetDouble());
        Assert.Equal(1_234_567, json.GetProperty("bytes").GetInt64());
        Assert.Equal(Uuid, json.GetProperty("trace").GetString());
        Assert.Equal("automation", json.GetProperty("up").GetString());
    }

    [Fact]
    public async Task Write_AnyAccess_IsOneValidLineOfAtMost250Bytes()
    {
        await using var log = new LogHarness();
        string[] texts = ["", "a", "\"\\\n\r\t\0", "\u2028\u202e\u001b[31m", "é😀ü", "\ud800", "/x?api_key=hidden", Uuid];
        var random = new Random(7);
        const int Count = 2000;
        for (var i = 0; i < Count; i++)
        {
            string Text() => string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => texts[random.Next(texts.Length)]));
            log.Sink.WriteAccess(new AccessLine(
                Text(), Text(), Text(), random.Next(), TimeSpan.FromTicks(random.NextInt64()), random.NextInt64(), i % 3 == 0 ? null : Text(), i % 2 == 0 ? null : Text()));
            if (i % 500 == 0)
            {
                await log.TextAsync();
            }
        }

        var lines = await log.LinesAsync();
        Assert.Equal(Count, lines.Length);
        Assert.All(lines, line =>
        {
            Assert.True(Encoding.UTF8.GetByteCount(line) + 1 <= 250, line);
            Assert.Equal(JsonValueKind.Object, JsonSerializer.Deserialize<JsonElement>(line).ValueKind);
            Assert.DoesNotContain('\u202e', line);
        });
    }

    [Fact]
    public async Task Write_LongRoute_IsCutBehindAWholeTraceId()
    {
        await using var log = new LogHarness();
        log.Sink.WriteAccess(new AccessLine("gateway", "GET", "/" + new string('é', 300), 404, TimeSpan.Zero, 0, Uuid));

        var line = await log.OnlyLineAsync();
        Assert.Equal(Uuid, line.GetProperty("trace").GetString());
        Assert.EndsWith("é…", line.GetProperty("route").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_QueryString_IsLeftOut()
    {
        await using var log = new LogHarness();
        log.Sink.WriteAccess(new AccessLine("gateway", "GET", "/x?api_key=k", 404, TimeSpan.Zero, 0));

        Assert.Equal("/x", (await log.OnlyLineAsync()).GetProperty("route").GetString());
    }

    [Fact]
    public async Task Write_ClientTextInMessage_CannotForgeALine()
    {
        await using var log = new LogHarness();
        log.Logger.LogInformation("path {Path}", "/\"}\n{\"level\":\"critical\"");

        Assert.Equal("/\"}\n{\"level\":\"critical\"", (await log.OnlyLineAsync()).GetProperty("path").GetString());
    }

    private static void Fail() => throw new InvalidOperationException("redis://user:word@cache:6379 is gone");
}
