using PyAirtable.Automation.Steps;
using PyAirtable.Automation.Upstreams;

namespace PyAirtable.Automation.Tests.Steps;

/// <summary>The step <c>llm</c> against a stand-in for the LLM orchestrator (upstream contract 2.2).</summary>
public sealed class LlmStepTests : IAsyncDisposable
{
    private const string Answer = """{"response":"There are 3 tables.","thinking_process":null,"tools_used":["list_tables"],"session_id":"s","timestamp":"2025-08-01T12:34:56.789012","cost_info":null}""";

    private readonly UpstreamConnections _connections = new("");

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    [Theory]
    [InlineData("""{"prompt":"Say {k}"}""", """{"message":"Say v w/é","session_id":"workflow-3-execution-7"}""")]
    [InlineData("""{"prompt":"x","session_id":"s{n}","base_id":"app{n}"}""", """{"message":"x","session_id":"s14","base_id":"app14"}""")]
    public async Task Prompt_Given_GoesToTheChatAndItsAnswerIsTheResult(string step, string body)
    {
        await using var orchestrator = await StandIn.OfJsonAsync(Answer);

        Assert.Equal(Answer, await Asks(orchestrator.Url).RunAsync(step));
        var seen = Assert.Single(orchestrator.Seen);
        Assert.Equal(("POST", "/chat", body, "7-2"), (seen.Method, seen.Target, seen.Body, seen.Header("Idempotency-Key")));
        Assert.Null(seen.Header("X-API-Key"));
    }

    [Theory]
    [InlineData(429, "{}", "LLM request failed: 429")]
    [InlineData(500, """{"detail":"secret"}""", "LLM request failed: 500")]
    [InlineData(200, "[]", "LLM request failed: invalid answer")]
    [InlineData(200, "nonsense", "LLM request failed: invalid answer")]
    public async Task Answer_OfAnotherKind_Fails(int status, string body, string error)
    {
        await using var orchestrator = await StandIn.OfJsonAsync(body, status);

        Assert.Equal(error, await Asks(orchestrator.Url).FailAsync("""{"prompt":"x"}"""));
        Assert.Single(orchestrator.Seen);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"prompt":""}""")]
    public async Task Prompt_Missing_Fails(string step) => Assert.Equal("No prompt specified for LLM step", await Asks("http://127.0.0.1:1").FailAsync(step));

    [Fact]
    public async Task Service_NotThere_Fails() => Assert.Equal("LLM request failed: connection refused", await Asks("http://127.0.0.1:1").FailAsync("""{"prompt":"x"}"""));

    private LlmStep Asks(string url) => new(new UpstreamService([url], TimeSpan.FromSeconds(30), _connections, TimeProvider.System), "");
}
