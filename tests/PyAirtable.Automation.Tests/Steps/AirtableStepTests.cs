using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using PyAirtable.Automation.Steps;
using PyAirtable.Automation.Upstreams;

namespace PyAirtable.Automation.Tests.Steps;

/// <summary>The steps <c>airtable_create</c> and <c>airtable_update</c> against a stand-in for the Airtable gateway (upstream contract 3.1).</summary>
public sealed class AirtableStepTests : IAsyncDisposable
{
    private const string Create = """{"table":"T","fields":{"a":1}}""";
    private const string Update = """{"table":"T","record_id":"recX","fields":{"a":1}}""";

    private readonly HastyTime _clock = new();
    private readonly UpstreamConnections _connections = new("the key");

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    [Fact]
    [Contract("D7", "8.1 target", "8.1 result", "9.10")]
    public async Task Create_Fields_AreSentAndToldWithTheNewId()
    {
        await using var gateway = await StandIn.OfJsonAsync("""{"id":"rec9","fields":{},"createdTime":"2025-08-01T12:00:00.000Z"}""");

        var result = await Creates(gateway.Url + "/").RunAsync("""{"table":"My {k}?","fields":{"t":"{k}","n":{"deep":["{n}",14,null,true,1.0]},"{k}":"{unknown}"}}""");

        const string Fields = """{"t":"v w/é","n":{"deep":["14",14,null,true,1.0]},"{k}":"{unknown}"}""";
        Assert.Equal($$"""{"table":"My v w/é?","fields":{{Fields}},"record_id":"rec9","success":true}""", result);
        var seen = Assert.Single(gateway.Seen);
        Assert.Equal(("POST", "/bases/appB/tables/My%20v%20w%2F%C3%A9%3F/records", Fields), (seen.Method, seen.Target, seen.Body));
        Assert.Equal(("the key", "application/json", "7-2"), (seen.Header("X-API-Key"), seen.Header("Content-Type"), seen.Header("Idempotency-Key")));
    }

    [Fact]
    [Contract("D7", "8.1 target", "8.1 base", "8.1 params", "8.1 result", "9.10")]
    public async Task Update_Fields_AreSentAndTold()
    {
        await using var gateway = await StandIn.OfJsonAsync("""{"id":"recX","fields":{}}""");

        var result = await Updates(gateway.Url).RunAsync("""{"base_id":"app{n}","table":"T","record_id":"rec{n}","fields":null}""");

        Assert.Equal("""{"table":"T","record_id":"rec14","fields":{},"success":true}""", result);
        var seen = Assert.Single(gateway.Seen);
        Assert.Equal(("PATCH", "/bases/app14/tables/T/records/rec14", "{}"), (seen.Method, seen.Target, seen.Body));
    }

    [Theory]
    [Contract("8.1 result")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":5}""")]
    [InlineData("")]
    public async Task Create_AnswerWithoutId_IsASuccessStill(string body)
    {
        await using var gateway = await StandIn.OfJsonAsync(body, status: 201);

        Assert.Equal("""{"table":"T","fields":{"a":1},"record_id":null,"success":true}""", await Creates(gateway.Url).RunAsync(Create));
    }

    [Fact]
    public async Task Create_AnswerCutOffAfterItsHead_IsASuccessAndNotRepeated()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var requests = ServeOneCutAnswerAsync(listener);

        Assert.Equal("""{"table":"T","fields":{"a":1},"record_id":null,"success":true}""", await Creates($"http://{listener.LocalEndpoint}").RunAsync(Create));
        Assert.EndsWith("""{"a":1}""", await requests, StringComparison.Ordinal);
        Assert.False(listener.Pending());
    }

    [Theory]
    [Contract("8.1 params")]
    [InlineData("""{"fields":{}}""", "No table specified for Airtable step")]
    [InlineData("""{"table":null}""", "No table specified for Airtable step")]
    [InlineData("""{"table":"{empty}"}""", "No table specified for Airtable step")]
    [InlineData("""{"table":".."}""", "Invalid table for Airtable step")]
    [InlineData("""{"table":"T","base_id":"."}""", "Invalid base_id for Airtable step")]
    [InlineData("""{"table":"T","fields":[1]}""", "'list' object has no attribute 'items'")]
    [InlineData("""{"table":"T","fields":"x"}""", "'str' object has no attribute 'items'")]
    public async Task Create_WrongParameters_Fail(string step, string error) => Assert.Equal(error, await Creates("http://127.0.0.1:1").FailAsync(step));

    [Theory]
    [Contract("8.1 params")]
    [InlineData("""{"table":"T"}""", "No record ID specified for Airtable update step")]
    [InlineData("""{"table":"T","record_id":""}""", "No record ID specified for Airtable update step")]
    [InlineData("""{"record_id":"r"}""", "No table specified for Airtable step")]
    [InlineData("""{"table":"T","record_id":".."}""", "Invalid record_id for Airtable step")]
    public async Task Update_WrongParameters_Fail(string step, string error) => Assert.Equal(error, await Updates("http://127.0.0.1:1").FailAsync(step));

    [Fact]
    [Contract("8.1 base")]
    public async Task Base_NoneConfigured_Fails() =>
        Assert.Equal("No Airtable base ID configured", await new AirtableCreateStep(Records("http://127.0.0.1:1"), "").FailAsync(Create));

    // Statuses in the order of the answers; what comes of it; requests made.
    [Theory]
    [Contract("8.1 failure")]
    [InlineData(true, "404", "404", 1)]
    [InlineData(true, "307", "307", 1)]
    [InlineData(true, "500", "500", 1)]
    [InlineData(true, "502", "502", 1)]
    [InlineData(true, "503", "503", 1)]
    [InlineData(true, "504", "504", 1)]
    [InlineData(true, "429 200", null, 2)]
    [InlineData(true, "429 429 429 429 200", "429", 4)]
    [InlineData(true, "429 503 200", "503", 2)]
    [InlineData(false, "404", "404", 1)]
    [InlineData(false, "500", "500", 1)]
    [InlineData(false, "502 503 504 200", null, 4)]
    [InlineData(false, "429 200", null, 2)]
    [InlineData(false, "503 503 503 503 200", "503", 4)]
    public async Task Failure_OfTheGateway_IsRetriedWhereNothingIsDoneTwice(bool creates, string statuses, string? failure, int requests)
    {
        var answers = new Queue<int>(statuses.Split(' ').Select(int.Parse));
        await using var gateway = await StandIn.StartAsync(http => StandIn.WriteAsync(http, answers.Dequeue(), """{"id":"recX"}"""));
        var run = creates ? Creates(gateway.Url).RunAsync(Create) : Updates(gateway.Url).RunAsync(Update);

        var thrown = await Record.ExceptionAsync(() => run);

        Assert.Equal(failure is null ? null : $"Airtable request failed: {failure}", thrown?.Message);
        Assert.Equal(requests, gateway.Seen.Count);
        Assert.Equal(TimeSpan.FromMilliseconds(500) * ((1 << (requests - 1)) - 1), new TimeSpan(_clock.Waits.Sum(wait => wait.Ticks)));
        Assert.Single(gateway.Seen.Select(request => request.Header("Idempotency-Key")).Distinct());
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("60", 60)]
    [InlineData("0", 0.5)]
    [InlineData("nonsense", 0.5)]
    public async Task RetryAfter_OfTheGateway_IsWaitedFor(string header, double seconds)
    {
        var first = true;
        await using var gateway = await StandIn.StartAsync(http =>
        {
            http.Response.Headers.RetryAfter = header;
            return StandIn.WriteAsync(http, Interlocked.Exchange(ref first, false) ? 429 : 200, "{}");
        });

        await Creates(gateway.Url).RunAsync(Create);

        Assert.Equal([TimeSpan.FromSeconds(seconds)], _clock.Waits);
    }

    [Fact]
    public async Task RetryAfter_TooFarAway_FailsAtOnce()
    {
        await using var gateway = await StandIn.StartAsync(http =>
        {
            http.Response.Headers.RetryAfter = "3600";
            return StandIn.WriteAsync(http, 429, "{}");
        });

        Assert.Equal("Airtable request failed: 429", await Creates(gateway.Url).FailAsync(Create));
        Assert.Single(gateway.Seen);
    }

    [Theory]
    [Contract("8.1 failure")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connection_Refused_IsRetriedAndFails(bool creates)
    {
        var url = $"http://127.0.0.1:{ClosedPort()}";

        Assert.Equal("Airtable request failed: connection refused", creates ? await Creates(url).FailAsync(Create) : await Updates(url).FailAsync(Update));
        Assert.Equal([0.5, 1, 2], _clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task Connection_RefusedByTheFirstUrl_GoesToTheNext()
    {
        await using var gateway = await StandIn.OfJsonAsync("""{"id":"rec1"}""");
        var records = new AirtableRecords(new UpstreamService([$"http://127.0.0.1:{ClosedPort()}", gateway.Url], TimeSpan.FromSeconds(30), _connections, _clock), _clock);

        Assert.Contains("rec1", await new AirtableCreateStep(records, "appB").RunAsync(Create), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_Unknown_Fails() =>
        Assert.Equal("Airtable request failed: host not found", await Creates("http://nowhere.invalid").FailAsync(Create));

    [Fact]
    public async Task Gateway_HangsUp_CreateIsNotRepeated()
    {
        await using var gateway = await StandIn.StartAsync(http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });

        Assert.Equal("Airtable request failed: connection closed", await Creates(gateway.Url).FailAsync(Create));
        Assert.Single(gateway.Seen);
    }

    [Fact]
    [Contract("8.1 time")]
    public async Task Gateway_Silent_TimesOut()
    {
        await using var gateway = await StandIn.StartAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        var records = new AirtableRecords(new UpstreamService([gateway.Url], TimeSpan.FromMilliseconds(100), _connections, TimeProvider.System), _clock);

        Assert.Equal("Airtable request failed: timed out", await new AirtableCreateStep(records, "appB").FailAsync(Create));
    }

    // What it was asked. The answer's head is whole, its body is not.
    private static async Task<string> ServeOneCutAnswerAsync(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var stream = connection.GetStream();
        var read = new byte[4096];
        var count = 0;
        while (!Encoding.ASCII.GetString(read, 0, count).EndsWith('}'))
        {
            count += await stream.ReadAsync(read.AsMemory(count), TestContext.Current.CancellationToken);
        }
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":"u8.ToArray(), TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(read, 0, count);
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private AirtableRecords Records(string url) => new(new UpstreamService([url], TimeSpan.FromSeconds(30), _connections, _clock), _clock);

    private AirtableCreateStep Creates(string url) => new(Records(url), "appB");

    private AirtableUpdateStep Updates(string url) => new(Records(url), "appB");
}
