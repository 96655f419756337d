using System.Net;
using System.Text;
using PyAirtable.Load.Upstream;
using PyAirtable.Testing;

namespace PyAirtable.Load.Tests.Upstream;

public sealed class UpstreamProgramTests : IAsyncLifetime
{
    private const string Records = "/bases/appX/tables/tblY/records";

    private readonly UpstreamPorts _ports = new(FreePort.Next(), FreePort.Next(), FreePort.Next());
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client = new();
    private Task _serving = null!;

    public async ValueTask InitializeAsync()
    {
        _serving = UpstreamProgram.RunAsync(_ports, "secret", _stop.Token);
        while (!await AnswersAsync())
        {
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _client.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task AnswerAsync_Requests_AreAnsweredAsTheContractSays()
    {
        (string Service, string Method, string Path, string? Body, bool Key, HttpStatusCode Status, string Part)[] rows =
        [
            ("llm", "GET", "/health", null, false, HttpStatusCode.OK, "\"service\":\"llm-orchestrator\""),
            ("llm", "GET", "/tools", null, false, HttpStatusCode.OK, "\"inputSchema\""),
            ("llm", "POST", "/chat", """{"message":"hi","session_id":"s1"}""", false, HttpStatusCode.OK, "\"session_id\":\"s1\""),
            ("llm", "GET", "/sessions/s1/history", null, false, HttpStatusCode.OK, "\"message\":\"hi\""),
            ("llm", "DELETE", "/sessions/s1", null, false, HttpStatusCode.OK, "Session s1 cleared"),
            ("llm", "DELETE", "/sessions/s1", null, false, HttpStatusCode.InternalServerError, "Error clearing session"),
            ("llm", "POST", "/chat", """{"message":"hi"}""", false, HttpStatusCode.UnprocessableEntity, "session_id"),
            ("llm", "POST", "/chat", "nonsense", false, HttpStatusCode.UnprocessableEntity, "message"),
            ("llm", "POST", "/execute-tool", """{"tool_name":"list_tables","arguments":{"base_id":"appX"}}""", false, HttpStatusCode.OK, "\"table_count\":1"),
            ("llm", "POST", "/execute-tool", """{"tool_name":"list_tables","arguments":{}}""", false, HttpStatusCode.OK, "\"content\":\"Error: "),
            ("llm", "POST", "/execute-tool", """{"tool_name":"list_tables"}""", false, HttpStatusCode.UnprocessableEntity, "arguments"),
            ("llm", "POST", "/chat/stream", "{}", false, HttpStatusCode.NotFound, "Not Found"),
            ("mcp", "GET", "/tools", null, false, HttpStatusCode.OK, "\"name\":\"list_tables\""),
            ("mcp", "POST", "/tools/call", """{"name":"get_records","arguments":{"base_id":"b","table_id":"t","max_records":1}}""", false, HttpStatusCode.OK, "\"success\":true"),
            ("mcp", "POST", "/tools/call", """{"name":"get_records"}""", false, HttpStatusCode.UnprocessableEntity, "arguments"),
            ("mcp", "POST", "/tools/execute", "{}", false, HttpStatusCode.NotFound, "Not Found"),
            ("air", "GET", "/health", null, false, HttpStatusCode.OK, "airtable-gateway"),
            ("air", "GET", "/bases/appX/schema", null, true, HttpStatusCode.OK, "\"base_id\":\"appX\""),
            ("air", "GET", Records + "?max_records=2", null, true, HttpStatusCode.OK, "\"createdTime\""),
            ("air", "GET", Records, null, false, HttpStatusCode.Unauthorized, "Invalid API key"),
            ("air", "GET", Records + "?max_records=0", null, false, HttpStatusCode.UnprocessableEntity, "max_records"),
            ("air", "POST", Records, """{"Name":"x"}""", true, HttpStatusCode.OK, "\"fields\":{\"Name\":\"x\"}"),
            ("air", "POST", Records, """{"Name":"x"}""", false, HttpStatusCode.Unauthorized, "Invalid API key"),
            ("air", "POST", Records, "[]", false, HttpStatusCode.UnprocessableEntity, "fields"),
            ("air", "PATCH", Records + "/rec00000000000001", """{"Name":"y"}""", true, HttpStatusCode.OK, "\"id\":\"rec00000000000001\""),
            ("air", "PATCH", Records + "/recNone", """{"Name":"y"}""", true, HttpStatusCode.InternalServerError, "404 Client Error"),
            ("air", "DELETE", Records + "/rec00000000000001", null, true, HttpStatusCode.OK, "\"deleted\":true"),
        ];
        foreach (var row in rows)
        {
            using var request = new HttpRequestMessage(new HttpMethod(row.Method), $"http://127.0.0.1:{Port(row.Service)}{row.Path}");
            request.Content = row.Body is null ? null : new StringContent(row.Body, Encoding.UTF8, "application/json");
            request.Headers.Add("X-Trace-ID", "t1");
            if (row.Key)
            {
                request.Headers.Add("X-API-Key", "secret");
            }
            using var answer = await _client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(row.Status == answer.StatusCode && text.Contains(row.Part, StringComparison.Ordinal), $"{row.Method} {row.Service}{row.Path}: {answer.StatusCode} {text}");
            Assert.Equal("t1", Assert.Single(answer.Headers.GetValues("X-Trace-ID")));
        }
    }

    private int Port(string service) => service switch
    {
        "llm" => _ports.Llm,
        "mcp" => _ports.Mcp,
        _ => _ports.Airtable,
    };

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri($"http://127.0.0.1:{_ports.Airtable}/health"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException) when (!_serving.IsCompleted)
        {
            return false;
        }
    }
}
