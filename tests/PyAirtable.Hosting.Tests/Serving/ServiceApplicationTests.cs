using System.Net;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Serving;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Serving;

public sealed class ServiceApplicationTests
{
    private static readonly Uri Root = new("/", UriKind.Relative);

    [Fact]
    public async Task Handler_Throws_IsPlainTextWithoutDetails()
    {
        await using var host = await StartAsync(_ => throw new InvalidOperationException("inner secret"));

        using var answer = await host.Client.GetAsync(Root);

        Assert.Equal((HttpStatusCode.InternalServerError, "Internal Server Error"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Contains("InvalidOperationException", await host.ReadLogAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handler_ThrowsAfterTheHead_CutsTheConnection()
    {
        await using var host = await StartAsync(async request =>
        {
            request.Http.Response.ContentLength = 100;
            await request.Http.Response.WriteAsync("part");
            await request.Http.Response.Body.FlushAsync();
            throw new InvalidOperationException();
        });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.Client.GetStringAsync(Root));
    }

    [Fact]
    public async Task Body_AboveTheLimit_Is413()
    {
        await using var host = await StartAsync(async request => await request.Http.Request.Body.CopyToAsync(Stream.Null));

        using var answer = await host.Client.PostAsync(Root, new ByteArrayContent(new byte[1001]));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, """{"detail":"Request Entity Too Large"}"""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Header_BytesAboveAscii_AreReadAsLatin1()
    {
        await using var host = await StartAsync(request =>
        {
            request.Http.Response.ContentLength = 3;
            return request.Http.Response.WriteAsync($"{(int)request.Http.Request.Headers["X-Key"].ToString()[0]}");
        });
        using var connection = new RawHttpConnection();
        Assert.True(await connection.ConnectAsync(new Uri(host.Urls["test"]).Port));

        var answer = await connection.SendAsync((byte[])[.. "GET / HTTP/1.1\r\nHost: x\r\nX-Key: "u8, 0xE9, .. "\r\n\r\n"u8]);

        Assert.Equal((200, "233"), (answer!.Status, answer.Body));
    }

    [Fact]
    public async Task Connection_KeptAlive_ForgetsTheLastRequest()
    {
        await using var host = await StartAsync(request =>
        {
            var seen = $"{request.Route}|{request.Upstream}|{request.RouteValues.Count}|{request.TraceId}";
            (request.Route, request.Upstream, request.RouteValues) = ("/r", "up", ["v"]);
            request.Http.Response.ContentLength = seen.Length;
            return request.Http.Response.WriteAsync(seen);
        });
        using var connection = new RawHttpConnection();
        Assert.True(await connection.ConnectAsync(new Uri(host.Urls["test"]).Port));

        var first = await connection.SendAsync("GET / HTTP/1.1\r\nHost: x\r\nX-Trace-ID: one\r\n\r\n"u8.ToArray());
        var second = await connection.SendAsync("GET / HTTP/1.1\r\nHost: x\r\nX-Trace-ID: two\r\n\r\n"u8.ToArray());

        Assert.Equal(("||0|one", "||0|two"), (first!.Body, second!.Body));
    }

    [Fact]
    public async Task Request_Answered_IsCountedByTemplateAndLogged()
    {
        var routes = new RouteTable().Get("/files/{id}", request => DetailError.WriteAsync(request.Http, 404, "File not found"));
        await using var host = await StartAsync(routes.DispatchAsync);
        using var management = host.ClientOf("management");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/files/4711?key=secret");
        request.Headers.Add("X-Trace-ID", "trace-1");

        using var answer = await host.Client.SendAsync(request);

        var metrics = await management.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Matches("""http_requests_total\{[^}]*route="/files/\{id\}"[^}]*status="404"[^}]*\} 1\n""", metrics);
        Assert.DoesNotContain("4711", metrics, StringComparison.Ordinal);
        var line = (await host.ReadLogAsync()).Split('\n').Single(text => text.Contains("\"msg\":\"access\"", StringComparison.Ordinal));
        Assert.Contains("\"trace\":\"trace-1\"", line, StringComparison.Ordinal);
        Assert.Contains("\"status\":404", line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerLocally_FromAnotherService_SharesExchangeAndTrace()
    {
        await using var host = await ServiceHost.StartAsync((_, _) => process =>
        [
            new TestModule("front", async request =>
            {
                request.Http.Response.Headers["X-Front"] = "1";
                request.Http.Request.Path = "/inner";
                await process.FindService("back")!.AnswerLocallyAsync(request);
                request.Upstream = "back";
            }),
            new TestModule("back", request => request.Http.Response.WriteAsync($"{request.Http.Request.Path} {request.TraceId}")),
        ]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/outer");
        request.Headers.Add("X-Trace-ID", "t");

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(("/inner t", "1"), (await answer.Content.ReadAsStringAsync(), answer.Headers.GetValues("X-Front").Single()));
        Assert.Equal(2, (await host.ReadLogAsync()).Split('\n').Count(line => line.Contains("\"msg\":\"access\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AnswerLocally_InnerThrows_IsTheContractsFailure()
    {
        await using var host = await ServiceHost.StartAsync((_, _) => process =>
        [
            new TestModule("front", request => process.FindService("back")!.AnswerLocallyAsync(request)),
            new TestModule("back", _ => throw new InvalidOperationException()),
        ]);

        using var answer = await host.Client.GetAsync(Root);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    private static Task<ServiceHost> StartAsync(RequestHandler handler) => ServiceHost.StartAsync((_, _) => _ => [new TestModule("test", handler)]);
}
