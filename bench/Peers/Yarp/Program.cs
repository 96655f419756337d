// YARP's forwarder in a native executable, with the policy that is compared. Usage: yarp-peer <port> <upstream's port> <key>
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

const string TraceHeader = "X-Trace-ID";
var (port, upstream, key) = (int.Parse(args[0], CultureInfo.InvariantCulture), $"http://127.0.0.1:{args[1]}", args[2]);

var builder = WebApplication.CreateEmptyBuilder(new());
builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Listen(IPAddress.Loopback, port);
});
builder.Services.AddLogging().AddHttpForwarder();
var app = builder.Build();

var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
var config = new ForwarderRequestConfig { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
using var client = new HttpMessageInvoker(new SocketsHttpHandler
{
    AllowAutoRedirect = false,
    UseCookies = false,
    UseProxy = false,
    AutomaticDecompression = DecompressionMethods.None,
    ActivityHeadersPropagator = null,
    EnableMultipleHttp2Connections = false,
    PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
});

app.Run(async http =>
{
    if (http.Request.Headers["X-API-Key"] != key)
    {
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return;
    }
    string? trace = http.Request.Headers[TraceHeader];
    if (string.IsNullOrEmpty(trace))
    {
        trace = Guid.NewGuid().ToString("N");
        http.Request.Headers[TraceHeader] = trace;
    }
    http.Response.Headers[TraceHeader] = trace;
    await forwarder.SendAsync(http, upstream, client, config);
});
app.Run();
