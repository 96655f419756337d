using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Http;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Outbound;

/// <summary>What a workflow's requests cannot reach, over real sockets.</summary>
public sealed class OutboundClientTests
{
    private static readonly string[] Loopback = ["127.0.0.1"];

    [Theory]
    [InlineData("http://127.0.0.2:{port}/", "127.0.0.2")]
    [InlineData("http://2130706434:{port}/", "127.0.0.2")]
    [InlineData("http://0x7f.2:{port}/", "127.0.0.2")]
    [InlineData("http://0177.0.0.2:{port}/", "127.0.0.2")]
    [InlineData("http://127.2:{port}/", "127.0.0.2")]
    [InlineData("http://[::ffff:127.0.0.2]:{port}/", "[::ffff:127.0.0.2]")]
    [InlineData("http://[::1]:{port}/", "[::1]")]
    [InlineData("http://169.254.169.254/latest/meta-data/", "169.254.169.254")]
    [InlineData("http://inside.example:{port}/", "inside.example")]
    public async Task Address_NotAllowed_IsNotConnectedTo(string url, string shown)
    {
        await using var server = await StandIn.StartAsync(http => StandIn.WriteAsync(http, 200, "secret"), "127.0.0.2");
        await using var host = new OutboundHost(_ => ["127.0.0.2", "10.0.0.1"]);

        var error = await host.FailAsync(url.Replace("{port}", $"{server.Port}", StringComparison.Ordinal));

        Assert.Equal($"the address of {shown} is not allowed", error);
        Assert.Empty(server.Seen);
    }

    [Theory]
    [InlineData("file:///etc/passwd", "only http and https URLs are allowed")]
    [InlineData("ftp://example.com/", "only http and https URLs are allowed")]
    [InlineData("gopher://127.0.0.1:6379/_x", "only http and https URLs are allowed")]
    [InlineData("http://user:pw@127.0.0.1/", "user information in a URL is not allowed")]
    [InlineData("http://example.com@127.0.0.1/", "user information in a URL is not allowed")]
    public async Task Url_OfAnotherKind_IsNotSent(string url, string error)
    {
        await using var host = new OutboundHost(_ => Loopback);

        Assert.Equal(error, await host.FailAsync(url));
        Assert.Empty(host.Asked);
    }

    [Fact]
    public async Task Name_WithAnotherAddressWhenAskedAgain_IsConnectedToTheOneThatWasChecked()
    {
        await using var allowed = await StandIn.StartAsync(http =>
        {
            http.Response.Headers.Connection = "close";
            return StandIn.WriteAsync(http, 200, "allowed");
        });
        var answers = new Queue<string>(["127.0.0.1", "127.0.0.2", "127.0.0.1"]);
        await using var host = new OutboundHost(_ => [answers.Dequeue()]);
        var url = $"http://rebinding.example:{allowed.Port}/";

        // One look-up per connection: the second answer is never used for the first request, and refuses the second.
        Assert.Equal("allowed", Encoding.UTF8.GetString((await host.GetAsync(url)).Body));
        Assert.Equal("the address of rebinding.example is not allowed", await host.FailAsync(url));
        Assert.Equal("allowed", Encoding.UTF8.GetString((await host.GetAsync(url)).Body));
        Assert.Equal(3, host.Asked.Count);
        Assert.Equal(2, allowed.Seen.Count);
        Assert.Equal($"rebinding.example:{allowed.Port}", allowed.Seen.First().Header("Host"));
    }

    [Fact]
    public async Task Name_WithAllowedAndOtherAddresses_IsConnectedToTheAllowedOnes()
    {
        await using var server = await StandIn.OfJsonAsync("1");
        await using var host = new OutboundHost(_ => ["10.0.0.1", "127.0.0.2", "127.0.0.1"]);

        Assert.Equal(200, (await host.GetAsync($"http://mixed.example:{server.Port}/")).Status);
    }

    [Fact]
    public async Task Name_WithoutAddress_IsNotFound()
    {
        await using var host = new OutboundHost(_ => []);

        Assert.Equal("host not found", await host.FailAsync("http://nothing.example/"));
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/", "the address of 169.254.169.254 is not allowed")]
    [InlineData("http://[fd00:ec2::254]/latest/", "the address of [fd00:ec2::254] is not allowed")]
    [InlineData("//10.0.0.1/", "the address of 10.0.0.1 is not allowed")]
    [InlineData("http://user@127.0.0.1/", "user information in a URL is not allowed")]
    [InlineData("file:///etc/passwd", "only http and https URLs are allowed")]
    public async Task Redirect_ToWhatIsNotAllowed_IsNotFollowed(string location, string error)
    {
        await using var server = await StandIn.StartAsync(http => RedirectAsync(http, 302, location));
        await using var host = new OutboundHost(_ => Loopback);

        Assert.Equal(error, await host.FailAsync(server.Url));
        Assert.Single(server.Seen);
    }

    [Theory]
    [InlineData(301, "POST", "GET", "")]
    [InlineData(302, "POST", "GET", "")]
    [InlineData(302, "PUT", "PUT", "body")]
    [InlineData(303, "POST", "GET", "")]
    [InlineData(303, "DELETE", "GET", "")]
    [InlineData(307, "POST", "POST", "body")]
    [InlineData(308, "PATCH", "PATCH", "body")]
    public async Task Redirect_OnTheSameHost_KeepsWhatItMay(int status, string method, string next, string body)
    {
        await using var server = await StandIn.StartAsync(http => http.Request.Path == "/end" ? StandIn.WriteAsync(http, 200, "end") : RedirectAsync(http, status, "/end"));
        await using var host = new OutboundHost(_ => Loopback);

        var answer = await host.SendAsync(new HttpMethod(method), server.Url + "/begin", "body"u8.ToArray(), ("Authorization", "Bearer t"));

        Assert.Equal((200, "end"), (answer.Status, Encoding.UTF8.GetString(answer.Body)));
        var seen = server.Seen.Last();
        Assert.Equal((next, "/end", body, "Bearer t"), (seen.Method, seen.Target, seen.Body, seen.Header("Authorization")));
    }

    [Fact]
    public async Task Redirect_ToAnotherHost_LeavesSecretsBehind()
    {
        await using var other = await StandIn.OfJsonAsync("1");
        await using var server = await StandIn.StartAsync(http => RedirectAsync(http, 307, $"http://other.example:{other.Port}/"));
        await using var host = new OutboundHost(_ => Loopback);

        await host.SendAsync(HttpMethod.Post, server.Url, "{}"u8.ToArray(), ("Authorization", "Bearer t"), ("Cookie", "a=b"), ("X-Api-Key", "k"), ("Accept", "text/plain"), ("Content-Type", "text/csv"));

        var seen = Assert.Single(other.Seen);
        Assert.Equal((null, null, null), (seen.Header("Authorization"), seen.Header("Cookie"), seen.Header("X-Api-Key")));
        Assert.Equal(("text/plain", "text/csv", "{}"), (seen.Header("Accept"), seen.Header("Content-Type"), seen.Body));
        Assert.Equal("Bearer t", Assert.Single(server.Seen).Header("Authorization"));
    }

    [Fact]
    public async Task Redirect_WithoutEnd_IsGivenUp()
    {
        await using var server = await StandIn.StartAsync(http => RedirectAsync(http, 302, "/again"));
        await using var host = new OutboundHost(_ => Loopback);

        Assert.Equal("more than 5 redirects", await host.FailAsync(server.Url));
        Assert.Equal(6, server.Seen.Count);
    }

    [Fact]
    public async Task Redirect_WithoutLocation_IsTheAnswer()
    {
        await using var server = await StandIn.OfJsonAsync("1", 302);
        await using var host = new OutboundHost(_ => Loopback);

        Assert.Equal(302, (await host.GetAsync(server.Url)).Status);
    }

    [Fact]
    public async Task Cookies_OfOneAnswer_AreNotSentLater()
    {
        await using var server = await StandIn.StartAsync(http =>
        {
            http.Response.Headers.SetCookie = "session=secret";
            return StandIn.WriteAsync(http, 200, "1");
        });
        await using var host = new OutboundHost(_ => Loopback);

        await host.GetAsync(server.Url);
        await host.GetAsync(server.Url);

        Assert.All(server.Seen, request => Assert.Null(request.Header("Cookie")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_TooLong_Fails(bool saysSo)
    {
        await using var server = await StandIn.StartAsync(async http =>
        {
            http.Response.ContentLength = saysSo ? 64L * 1024 * 1024 : null;
            var chunk = new byte[64 * 1024];
            for (var i = 0; i < 1024 && !http.RequestAborted.IsCancellationRequested; i++)
            {
                await http.Response.Body.WriteAsync(chunk, http.RequestAborted);
            }
        });
        await using var host = new OutboundHost(_ => Loopback);

        Assert.Equal("the answer is larger than 1048576 bytes", await host.FailAsync(server.Url));
    }

    [Fact]
    public async Task Answer_WithAnEndlessHead_Fails()
    {
        await using var server = await StandIn.StartAsync(http =>
        {
            http.Response.Headers["X-Long"] = new string('x', 100_000);
            return StandIn.WriteAsync(http, 200, "1");
        });
        await using var host = new OutboundHost(_ => Loopback);

        Assert.Equal("answer too large", await host.FailAsync(server.Url));
    }

    [Fact]
    public async Task Certificate_OfNobody_IsNotTrusted()
    {
        using var certificate = new SelfSignedCertificate();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var handshake = Task.Run(async () =>
        {
            using var connection = await listener.AcceptTcpClientAsync();
            await using var stream = new SslStream(connection.GetStream());
            await Record.ExceptionAsync(() => stream.AuthenticateAsServerAsync(X509Certificate2.CreateFromPemFile(certificate.CertificateFile, certificate.KeyFile)));
        });
        await using var host = new OutboundHost(_ => Loopback);

        Assert.Equal("no secure connection", await host.FailAsync($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/"));
        await handshake;
    }

    private static Task RedirectAsync(HttpContext http, int status, string location)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
