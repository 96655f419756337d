using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using PyAirtable.Hosting.Health;
using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Settings;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Forwarding;

public sealed class LocalForwarderTests
{
    private static readonly (string, string)[] Settings = [("PLATFORM_SERVICES_URL", GatewaySettings.InProcess), ("MAX_FILE_SIZE", "1000")];

    [Fact]
    public async Task Request_ToAModuleOfThisProcess_IsAnsweredByItWithTheGatewaysHeaders()
    {
        await using var host = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/platform/echo/a%20b%2520?x=1&api_key=" + GatewayHost.Key) { Content = new StringContent("hello") };
        request.Headers.Add("Origin", "http://evil");
        request.Headers.Add("X-Trace-ID", "t-1");
        request.Headers.Add("X-Request-ID", "r-1");

        using var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("POST /echo/a b%20 ?x=1 /echo/a%20b%2520?x=1 hello for=127.0.0.1 trace=t-1 id=r-1", await answer.TextAsync());
        Assert.Equal(201, (int)answer.StatusCode);
        Assert.Equal("kept", answer.Header("X-Module"));
        Assert.Equal("t-1", answer.Header("X-Trace-ID"));
        Assert.Equal("r-1", answer.Header("X-Request-ID"));
        Assert.Equal("SAMEORIGIN", answer.Header("X-Frame-Options"));
        Assert.Null(answer.Header("Access-Control-Allow-Origin"));
        Assert.Null(answer.Header("Access-Control-Allow-Credentials"));
        Assert.Equal("Origin, X-Other", answer.Header("Vary"));
    }

    [Theory]
    [InlineData("/api/platform", 404)]
    [InlineData("/api/platform/nope", 404)]
    [InlineData("/api/platform/fail", 500)]
    public async Task Request_ThatTheModuleFails_KeepsTheGatewaysHeaders(string path, int status)
    {
        await using var host = await StartAsync();

        using var answer = await SendAsync(host, path);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("SAMEORIGIN", answer.Header("X-Frame-Options"));
        Assert.NotNull(answer.Header("X-Trace-ID"));
    }

    [Fact]
    public async Task Redirect_OfTheModule_LeadsBackThroughTheGateway()
    {
        await using var host = await StartAsync();

        using var answer = await SendAsync(host, "/api/platform/fail/?x=1");

        Assert.Equal(host.Urls["gateway"] + "/api/platform/fail?x=1", answer.Header("Location"));
    }

    [Fact]
    public async Task Body_AboveTheGatewaysLimit_Answers413()
    {
        await using var host = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/platform/echo/x") { Content = new ByteArrayContent(new byte[2000]) };
        request.Headers.Add("X-API-Key", GatewayHost.Key);

        using var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(413, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Metrics_OfBothServices_CountTheRequestOnceEach()
    {
        await using var host = await StartAsync();
        using (await SendAsync(host, "/api/platform/fail"))
        {
        }

        var text = await host.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Contains("http_requests_total{service=\"gateway\",method=\"GET\",route=\"/api/platform/*\",status=\"500\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("http_requests_total{service=\"platform\",method=\"GET\",route=\"/fail\",status=\"500\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("http_requests_in_flight{service=\"platform\"} 0", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "{\"ok\":true}")]
    [InlineData("100", "POST /echo/a  /echo/a hello for=127.0.0.1 trace=t-1 id=r-1")]
    public async Task Module_ThatIsOneOfTwoSides_AnswersOrIsAskedBeside(string weight, string expected)
    {
        await using var python = new StubUpstream();
        await using var host = await GatewayHost.StartAsync(
            "http://127.0.0.1:1",
            [.. Settings, ("CUTOVER_PLATFORM_PYTHON_URL", python.Url), ("CUTOVER_PLATFORM_WEIGHT", weight), ("CUTOVER_SHADOW_PERCENT", "100"), ("CUTOVER_SHADOW_ALSO", "POST /api/platform/echo")],
            static _ => new FakeModule());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/platform/echo/a") { Content = new StringContent("hello") };
        request.Headers.Add("X-API-Key", GatewayHost.Key);
        request.Headers.Add("X-Trace-ID", "t-1");
        request.Headers.Add("X-Request-ID", "r-1");

        using var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, await answer.TextAsync());
        Assert.Equal("SAMEORIGIN", answer.Header("X-Frame-Options"));
        await Eventually.TrueAsync(async () => (await host.Client.GetStringAsync("/metrics")).Contains("pyairtable_cutover_shadows_total{group=\"platform\",result=\"different\"} 1", StringComparison.Ordinal));
        Assert.Equal(("/echo/a", "hello", weight == "0" ? null : "true"), (python.Last.Target, python.Last.Text, python.Last.Header("X-Cutover-Shadow")));
        Assert.Contains("http_requests_total{service=\"platform\",method=\"POST\",route=\"/echo/{text}\",status=\"201\"} 1", await host.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static Task<ServiceHost> StartAsync() => GatewayHost.StartAsync("http://127.0.0.1:1", Settings, static _ => new FakeModule());

    private static async Task<HttpResponseMessage> SendAsync(ServiceHost host, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-API-Key", GatewayHost.Key);
        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private sealed class FakeModule : IServiceModule
    {
        public FakeModule()
        {
            var routes = new RouteTable()
                .Post("/echo/{text}", EchoAsync)
                .Get("/fail", static _ => throw new InvalidOperationException("meant"));
            var cors = new Cors(new CorsOptions { Origins = ["http://evil"], Methods = ["GET"], Credentials = true });
            Handler = cors.Wrap(routes.DispatchAsync);
        }

        public string Name => "platform";

        public ListenSettings Listen => new(System.Net.IPAddress.Loopback, 0);

        public long MaxRequestBodyBytes => 1_000_000;

        public RequestHandler Handler { get; }

        public IReadOnlyList<ReadinessCheck> ReadinessChecks => [];

        public IReadOnlyList<IHostedService> Workers => [];

        public Task<int> MigrateAsync(TextWriter output, CancellationToken cancel) => Task.FromResult(0);

        public Stream OpenOpenApi() => new MemoryStream(Encoding.UTF8.GetBytes("{}"));

        private static async Task EchoAsync(RequestContext request)
        {
            var http = request.Http;
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            var raw = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            var headers = http.Request.Headers;
            http.Response.StatusCode = 201;
            http.Response.Headers["X-Module"] = "kept";
            http.Response.Headers["X-Frame-Options"] = "DENY";
            http.Response.Headers["X-Trace-ID"] = "own";
            http.Response.Headers.Append("Vary", "X-Other");
            await http.Response.WriteAsync($"{http.Request.Method} {http.Request.Path.Value} {http.Request.QueryString} {raw} {body} for={headers["X-Forwarded-For"]} trace={headers["X-Trace-ID"]} id={headers["X-Request-ID"]}");
        }
    }
}
