using System.Net;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Chat;

public sealed class ChatEndpointTests
{
    private const string Key = "X-API-Key: " + GatewayHost.Key;
    private const string Hi = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private const string Streamed = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"session_id\":\"user123\",\"stream\":1}";

    // body of a 400
    public static TheoryData<string, string> WrongBodies => new()
    {
        { "", "Request body is not valid JSON" },
        { "{", "Request body is not valid JSON" },
        { "{\"a\":NaN}", "Request body is not valid JSON" },
        { "{\"a\":\"\\ud800\"}", "Request body is not valid JSON" },
        { "[]", "Request body must be a JSON object" },
        { "\"x\"", "Request body must be a JSON object" },
        { "null", "Request body must be a JSON object" },
        { "{}", "Empty messages array - at least one message is required" },
        { "{\"message\":\"hi\"}", "Empty messages array - at least one message is required" },
        { "{\"messages\":[]}", "Empty messages array - at least one message is required" },
        { "{\"messages\":null}", "Empty messages array - at least one message is required" },
        { "{\"messages\":0.0}", "Empty messages array - at least one message is required" },
        { "{\"messages\":\"\"}", "Empty messages array - at least one message is required" },
        { "{\"messages\":{}}", "Empty messages array - at least one message is required" },
        { "{\"messages\":1}", "Field messages must be an array of objects" },
        { "{\"messages\":true}", "Field messages must be an array of objects" },
        { "{\"messages\":\"x\"}", "Field messages must be an array of objects" },
        { "{\"messages\":{\"role\":\"user\"}}", "Field messages must be an array of objects" },
        { "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},7]}", "Field messages must be an array of objects" },
        { "{\"messages\":[null]}", "Field messages must be an array of objects" },
        { "{\"messages\":[{}]}", "No user messages found in messages array" },
        { "{\"messages\":[{\"role\":\"User\",\"content\":\"hi\"}]}", "No user messages found in messages array" },
        { "{\"messages\":[{\"role\":[\"user\"],\"content\":\"hi\"}]}", "No user messages found in messages array" },
        { "{\"messages\":[{\"role\":\"user\"}]}", "User message content is empty" },
        { "{\"messages\":[{\"role\":\"user\",\"content\":\"\"}]}", "User message content is empty" },
        { "{\"messages\":[{\"role\":\"user\",\"content\":null}]}", "User message content is empty" },
        { "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"user\",\"content\":[]}]}", "User message content is empty" },
        { "{\"messages\":[{\"role\":\"user\",\"content\":0}],\"message\":\"x\"}", "User message content is empty" },
    };

    [Fact]
    public async Task Post_WrongBody_IsAnswered400InTheOrderOfTheChecks()
    {
        await using var gateway = await GatewayHost.StartAsync();
        foreach (var (body, detail) in WrongBodies.Select(row => row.Data))
        {
            using var answer = await gateway.SendAsync("POST", "/api/chat", body, Key);

            Assert.Equal($"{{\"detail\":\"{detail}\"}}", await answer.TextAsync());
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
        Assert.Empty(gateway.Stub.Seen);
    }

    [Fact]
    public async Task Post_RightBody_AsksTheModelWithKeyAndTrace()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = static _ => StubUpstream.Reply("201 Created", "{ \"response\": \"There are 3 tables.\", \"session_id\": \"user123\" }", "X-Upstream: yes");

        using var answer = await gateway.SendAsync("POST", "/api/chat?x=1", Hi, Key, "X-Trace-ID: t-1", "Authorization: Bearer secret", "Cookie: a=b", "Content-Type: text/plain");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("{\"response\":\"There are 3 tables.\",\"session_id\":\"user123\"}", await answer.TextAsync());
        Assert.Equal("application/json", answer.Header("Content-Type"));
        Assert.Equal("t-1", answer.Header("X-Trace-ID"));
        Assert.Null(answer.Header("X-Upstream"));
        var seen = gateway.Stub.Last;
        Assert.Equal(("POST", "/chat", "{\"message\":\"hi\"}"), (seen.Method, seen.Target, seen.Text));
        Assert.Equal("application/json", seen.Header("Content-Type"));
        Assert.Equal("t-1", seen.Header("X-Trace-ID"));
        Assert.Equal(GatewayHost.Key, seen.Header("X-API-Key"));
        Assert.Null(seen.Header("Authorization"));
        Assert.Null(seen.Header("Cookie"));
    }

    // the upstream's status line and body; status and body of the answer
    [Theory]
    [InlineData("200 OK", "", 204, "")]
    [InlineData("200 OK", "not json", 502, "{\"detail\":\"Upstream answer is not valid JSON\"}")]
    [InlineData("500 Internal Server Error", "Internal Server Error", 500, "{\"detail\":\"Server error '500 Internal Server Error' for url 'URL/chat'\\nFor more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/500\"}")]
    [InlineData("422 Unprocessable Entity", "{}", 422, "{\"detail\":\"Client error '422 Unprocessable Entity' for url 'URL/chat'\\nFor more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/422\"}")]
    [InlineData("404 Not Found", "{}", 404, "{\"error\":\"Endpoint not found\",\"path\":\"/api/chat\",\"available_endpoints\":[\"/api/health\",\"/api/chat\",\"/api/tools\",\"/api/airtable/*\",\"/api/execute-tool\",\"/api/sessions/{session_id}/history\",\"/ws\",\"/api/websocket/stats\"]}")]
    public async Task Post_WithFailingModel_AnswersByTheContract(string status, string body, int expected, string text)
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = _ => StubUpstream.Reply(status, body);

        using var answer = await gateway.SendAsync("POST", "/api/chat", Hi, Key);

        Assert.Equal(text.Replace("URL", gateway.Stub.Url, StringComparison.Ordinal), await answer.TextAsync());
        Assert.Equal(expected, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Post_LargeBodyAndAnswer_PassWhole()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var text = new string('x', 3_000_000);
        gateway.Stub.Answer = _ => StubUpstream.Reply("200 OK", $"{{\"response\":\"{text}\"}}");

        using var answer = await gateway.SendAsync("POST", "/api/chat", Hi.Replace("hi", text, StringComparison.Ordinal), Key);

        Assert.Equal($"{{\"response\":\"{text}\"}}", await answer.TextAsync());
        Assert.Equal($"{{\"message\":\"{text}\"}}", gateway.Stub.Last.Text);
    }

    [Fact]
    public async Task Post_BodyAboveTheLimit_Answers413()
    {
        await using var gateway = await GatewayHost.StartAsync(("MAX_FILE_SIZE", "20"));

        using var answer = await gateway.SendAsync("POST", "/api/chat", Hi, Key);

        Assert.Equal(413, (int)answer.StatusCode);
        Assert.Equal("{\"detail\":\"Request Entity Too Large\"}", await answer.TextAsync());
    }

    [Fact]
    public async Task Post_StreamWithSession_IsAnsweredOnceAndSeenBySession()
    {
        await using var stub = new StubUpstream();
        await using var routes = new StreamedRoutes(stub.Url);
        stub.Answer = static _ => StubUpstream.Reply("200 OK", """
            {"delta":"Hel","token_count":3}
            data: {"delta":"lo \"é\"\n","token_count":5,"is_complete":false}

            {"token_count": 6}{"delta":"","is_complete":1}
            {"delta":"never read"}
            """);

        var answer = await routes.ChatAsync(Streamed, TestContext.Current.CancellationToken);

        Assert.Equal("200 {\"response\":\"Hello \\\"é\\\"\\n\",\"session_id\":\"user123\",\"streaming\":true}", answer);
        Assert.Equal(
            [
                "user123 chat_stream {\"delta\":\"Hel\",\"token_count\":3,\"is_complete\":false,\"timestamp\":T}",
                "user123 chat_stream {\"delta\":\"lo \\\"é\\\"\\n\",\"token_count\":5,\"is_complete\":false,\"timestamp\":T}",
                "user123 chat_stream {\"delta\":\"\",\"token_count\":6,\"is_complete\":false,\"timestamp\":T}",
                "user123 chat_stream {\"delta\":\"\",\"token_count\":0,\"is_complete\":1,\"timestamp\":T}",
            ],
            routes.Messages.Seen);
        Assert.Equal(("/chat/stream", "{\"message\":\"hi\",\"session_id\":\"user123\",\"stream\":true}"), (stub.Last.Target, stub.Last.Text));
        Assert.Equal("t-1", stub.Last.Header("X-Trace-ID"));
        Assert.Equal(GatewayHost.Key, stub.Last.Header("X-API-Key"));
    }

    // the upstream's status line and body; the error
    [Theory]
    [InlineData("503 Service Unavailable", "{}", "Stream error: 503")]
    [InlineData("201 Created", "{\"delta\":\"x\"}", "Stream error: 201")]
    [InlineData("404 Not Found", "{}", "Stream error: 404")]
    [InlineData("302 Found", "", "Stream error: 302")]
    [InlineData("200 OK", "[1]\n", "Upstream sent JSON that is not an object")]
    [InlineData("200 OK", "{\"delta\":7}", "Upstream sent a delta that is not a string")]
    [InlineData("200 OK", "{\"delta\":null}", "Upstream sent a delta that is not a string")]
    public async Task Post_StreamThatFails_IsAnswered200WithTheError(string status, string body, string error)
    {
        await using var stub = new StubUpstream();
        await using var routes = new StreamedRoutes(stub.Url);
        stub.Answer = _ => StubUpstream.Reply(status, body);

        Assert.Equal($"200 {{\"error\":\"{error}\"}}", await routes.ChatAsync(Streamed, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Post_StreamOfAnUpstreamThatIsNotThere_IsAnswered200WithTheError()
    {
        await using var routes = new StreamedRoutes($"http://127.0.0.1:{FreePort.Next()}");

        Assert.Equal("200 {\"error\":\"All connection attempts failed\"}", await routes.ChatAsync(Streamed, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Post_Stream_ReachesTheSessionAsItComes()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var upstream = new StreamingUpstream();
        await using var routes = new StreamedRoutes(upstream.Url);
        var answering = routes.ChatAsync(Streamed, cancel);
        await upstream.BeginAsync(cancel);

        await upstream.SendAsync("{\"delta\":\"a\"}{\"del", cancel);
        await UntilAsync(() => routes.Messages.Seen.Count == 1, cancel);
        await upstream.SendAsync("ta\":\"b\"", cancel);
        await upstream.SendAsync("}\n{\"delta\":\"c\"}", cancel);
        await UntilAsync(() => routes.Messages.Seen.Count == 3, cancel);
        Assert.False(answering.IsCompleted);
        await upstream.SendAsync("", cancel);

        Assert.Equal("200 {\"response\":\"abc\",\"session_id\":\"user123\",\"streaming\":true}", await answering);
    }

    [Fact]
    public async Task Post_StreamThatGoesSilent_TimesOut()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var upstream = new StreamingUpstream();
        await using var routes = new StreamedRoutes(upstream.Url, TimeSpan.FromMilliseconds(200));
        var answering = routes.ChatAsync(Streamed, cancel);
        await upstream.BeginAsync(cancel);
        await upstream.SendAsync("{\"delta\":\"a\"}", cancel);

        Assert.Equal("200 {\"error\":\"Upstream request timed out\"}", await answering);
        await upstream.WaitForHangUpAsync(cancel);
    }

    [Fact]
    public async Task Post_StreamThatBreaksOff_IsAnswered200WithTheError()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var upstream = new StreamingUpstream();
        await using var routes = new StreamedRoutes(upstream.Url);
        var answering = routes.ChatAsync(Streamed, cancel);
        await upstream.BeginAsync(cancel);
        await upstream.SendAsync("{\"delta\":\"a\"}", cancel);
        upstream.HangUp();

        Assert.StartsWith("200 {\"error\":\"", await answering, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ClientThatGoesAway_GivesTheUpstreamUp()
    {
        using var upstream = new StreamingUpstream();
        await using var routes = new StreamedRoutes(upstream.Url);
        using var client = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var answering = routes.ChatAsync(Streamed, client.Token);
        await upstream.BeginAsync(TestContext.Current.CancellationToken);

        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answering);
        await upstream.WaitForHangUpAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Post_StreamThroughTheModule_IsAnswered()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = static _ => StubUpstream.Reply("200 OK", "{\"delta\":\"a\"}\n{\"delta\":\"b\"}");

        using var answer = await gateway.SendAsync("POST", "/api/chat", Streamed, Key);

        Assert.Equal("{\"response\":\"ab\",\"session_id\":\"user123\",\"streaming\":true}", await answer.TextAsync());
        Assert.Equal("application/json", answer.Header("Content-Type"));
    }

    private static async Task UntilAsync(Func<bool> condition, CancellationToken cancel)
    {
        while (!condition())
        {
            await Task.Delay(5, cancel);
        }
    }
}
