using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Settings;
using PyAirtable.Hosting.Transport;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Serving;

public sealed class ListenerTests : IAsyncDisposable
{
    private static readonly ListenSettings ClearText = new(IPAddress.Loopback, 0) { Http2 = true };

    private readonly EventLoops _loops = new(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _loops.DisposeAsync();

    [Theory]
    [InlineData("1.1", "HTTP/1.1 http GET")]
    [InlineData("2.0", "HTTP/2 http GET")]
    public async Task ClearText_OnePort_SpeaksBothProtocols(string version, string expected)
    {
        await using var listener = await StartAsync(ClearText);
        using var client = new HttpClient();

        using var answer = await client.SendAsync(Request(listener.Url, HttpMethod.Get, version), Cancel);

        Assert.Equal(Version.Parse(version), answer.Version);
        Assert.Equal(expected + " ", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task ClearText_ManyHttp2Requests_ShareAConnection()
    {
        await using var listener = await StartAsync(ClearText);
        using var client = new HttpClient();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async index =>
        {
            using var request = Request(listener.Url, HttpMethod.Post, "2.0");
            request.Content = new StringContent(index.ToString(System.Globalization.CultureInfo.InvariantCulture));
            using var answer = await client.SendAsync(request, Cancel);
            return await answer.Content.ReadAsStringAsync(Cancel);
        }));

        Assert.Equal(Enumerable.Range(0, 200).Select(index => $"HTTP/2 http POST {index}"), answers);
    }

    [Fact]
    public async Task ClearText_FirstBytesOneByOne_AreReadWhole()
    {
        await using var listener = await StartAsync(ClearText);
        using var socket = await ConnectAsync(listener);

        foreach (var letter in "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        {
            await socket.SendAsync(new[] { (byte)letter }, Cancel);
        }

        Assert.Contains("HTTP/1.1 http PUT ", await ReadAsync(socket), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PRI * HTTP/1.1\r\n\r\n")]
    [InlineData("PRINT / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    public async Task ClearText_BeginsAlmostAsHttp2_IsHttp1(string text)
    {
        await using var listener = await StartAsync(ClearText);
        using var socket = await ConnectAsync(listener);

        await socket.SendAsync(Encoding.ASCII.GetBytes(text), Cancel);

        Assert.StartsWith("HTTP/1.1 ", await ReadAsync(socket), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PRI * HTTP")]
    public async Task Stop_WhileAClientSaysNothing_DoesNotWaitForIt(string said)
    {
        await using var listener = await StartAsync(ClearText);
        using var silent = await ConnectAsync(listener);
        await silent.SendAsync(Encoding.ASCII.GetBytes(said), Cancel);
        using var client = new HttpClient();
        using var other = await client.SendAsync(Request(listener.Url, HttpMethod.Get, "1.1"), Cancel);

        await listener.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20), Cancel);

        Assert.Equal("", await ReadAsync(silent));
    }

    [Fact]
    public async Task ClearText_ClientThatGoesBeforeItSpeaks_IsLetGo()
    {
        await using var listener = await StartAsync(ClearText);
        using var socket = await ConnectAsync(listener);

        socket.Shutdown(SocketShutdown.Send);

        Assert.Equal("", await ReadAsync(socket));
    }

    [Fact]
    public async Task WithoutHttp2_ThePreface_IsRefused()
    {
        await using var listener = await StartAsync(new(IPAddress.Loopback, 0));
        using var client = new HttpClient();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(Request(listener.Url, HttpMethod.Get, "2.0"), Cancel));
    }

    [Theory]
    [InlineData("1.1", "HTTP/1.1 https GET")]
    [InlineData("2.0", "HTTP/2 https GET")]
    public async Task Tls_ByWhatTheClientNames_SpeaksBothProtocols(string version, string expected)
    {
        using var certificate = new SelfSignedCertificate();
        await using var listener = await StartAsync(new(IPAddress.Loopback, 0) { Http2 = true, Tls = new(certificate.CertificateFile, certificate.KeyFile) });
        using var client = certificate.CreateClient();

        using var answer = await client.SendAsync(Request(listener.Url, HttpMethod.Get, version), Cancel);

        Assert.StartsWith("https://127.0.0.1:", listener.Url, StringComparison.Ordinal);
        Assert.Equal(Version.Parse(version), answer.Version);
        Assert.Equal(expected + " ", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Tls_ClientInClearText_GetsNothing()
    {
        using var certificate = new SelfSignedCertificate();
        await using var listener = await StartAsync(new(IPAddress.Loopback, 0) { Tls = new(certificate.CertificateFile, certificate.KeyFile) });
        using var socket = await ConnectAsync(listener);

        await socket.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), Cancel);

        Assert.DoesNotContain("HTTP/", await ReadAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MorePorts_AllOfThem_Answer()
    {
        await using var listener = await StartAsync(ClearText with { MorePorts = [0] });
        using var client = new HttpClient();

        Assert.Equal(2, listener.Urls.Count);
        foreach (var url in listener.Urls)
        {
            Assert.Equal("HTTP/1.1 http GET ", await client.GetStringAsync(new Uri(url), Cancel));
        }
    }

    [Fact]
    public async Task Memory_OfAConnection_ComesInBlocks()
    {
        await using var listener = new Listener(ClearText, 1000, _loops, NullLoggerFactory.Instance);
        await listener.StartAsync(new MemoryOfConnection(), Cancel);
        using var client = new HttpClient();

        Assert.Equal("4096", await client.GetStringAsync(new Uri(listener.Url), Cancel));
    }

    private async Task<Listener> StartAsync(ListenSettings settings)
    {
        var listener = new Listener(settings, 1000, _loops, NullLoggerFactory.Instance);
        await listener.StartAsync(new Echo(), Cancel);
        return listener;
    }

    private static HttpRequestMessage Request(string url, HttpMethod method, string version) => new(method, url)
    {
        Version = Version.Parse(version),
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private static async Task<Socket> ConnectAsync(Listener listener)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(listener.Url).Port, Cancel);
        return socket;
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        var (text, buffer) = (new StringBuilder(), new byte[1024]);
        while (await socket.ReceiveAsync(buffer, Cancel) is > 0 and var count)
        {
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        return text.ToString();
    }

    private sealed class Echo : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }

        public async Task ProcessRequestAsync(HttpContext context)
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            await context.Response.WriteAsync($"{context.Request.Protocol} {context.Request.Scheme} {context.Request.Method} {body}");
        }
    }

    private sealed class MemoryOfConnection : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }

        public async Task ProcessRequestAsync(HttpContext context)
        {
            using var block = context.Features.GetRequiredFeature<IMemoryPoolFeature>().MemoryPool.Rent(0);
            await context.Response.WriteAsync(block.Memory.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
