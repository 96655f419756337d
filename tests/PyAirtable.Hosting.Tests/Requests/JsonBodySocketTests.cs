using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;

namespace PyAirtable.Hosting.Tests.Requests;

public sealed class JsonBodySocketTests : IAsyncLifetime
{
    private readonly HttpClient _client = new();
    private WebApplication? _server;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0);
            options.Limits.MaxRequestBodySize = 5000;
        });
        _server = builder.Build();
        _server.Run(Answer);
        await _server.StartAsync();
        _client.BaseAddress = new Uri(_server.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server!.DisposeAsync();
    }

    [Theory]
    [InlineData(500, false, 200)]
    [InlineData(500, true, 200)]
    [InlineData(2000, false, 413)]
    [InlineData(2000, true, 413)]
    [InlineData(20_000, false, 413)]
    [InlineData(20_000, true, 413)]
    public async Task ReadAsync_OverASocket_AnswersBySize(int size, bool chunked, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/");
        request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes("{\"a\":\"" + new string('x', size) + "\"}"));
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(status == 200 ? $$"""{"detail":"{{size}}"}""" : """{"detail":"Request Entity Too Large"}""", body);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
    }

    private static async Task Answer(HttpContext http)
    {
        var body = await JsonBody.ReadAsync(http, 1000, http.RequestAborted);
        if (body.Fault is { } fault)
        {
            await fault.WriteAsync(http);
            return;
        }

        var length = body.Fields(new ValidationErrors()).Text("a").Length;
        await DetailError.WriteAsync(http, 200, length.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
