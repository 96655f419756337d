using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace PyAirtable.Gateway.Tests.FastPath;

/// <summary>Bytes that a proxied request allocates, measured by what the whole process does: nothing else may run.</summary>
/// <param name="BareKestrel">Those of a Kestrel that only answers.</param>
/// <param name="FastPath">On the fast path.</param>
/// <param name="ThroughServer">Through the server, on a connection that was handed over to it.</param>
internal sealed record RequestAllocations(double BareKestrel, double FastPath, double ThroughServer)
{
    private const int Requests = 250;
    private const int SteadyRounds = 5;
    private const int MostRounds = 24;
    private const int Connections = 4;
    private const string Body = "{\"answer\":\"0123456789012345678901234567890123456789\"}";

    private static readonly byte[] Request = Encoding.ASCII.GetBytes(
        $"GET /api/llm/x HTTP/1.1\r\nHost: gateway\r\nX-API-Key: {GatewayHost.Key}\r\nUser-Agent: test\r\nAccept: */*\r\n\r\n");

    /// <summary>Measures.</summary>
    /// <param name="onFastPath">What is allowed on the fast path; more is measured for longer.</param>
    /// <param name="beyondKestrel">What is allowed through the server, beyond Kestrel's own.</param>
    public static async Task<RequestAllocations> MeasureAsync(double onFastPath, double beyondKestrel)
    {
        using var upstream = SilentSocket.Serve(StubUpstream.Reply("200 OK", Body));
        await using var gateway = await GatewayHost.StartAsync($"http://127.0.0.1:{((IPEndPoint)upstream.LocalEndPoint!).Port}", [("LOG_LEVEL", "WARNING"), ("RATE_LIMIT_RPM", "60000000")]);
        var port = new Uri(gateway.Urls["gateway"]).Port;
        await using var bare = await StartKestrelAsync();
        var barePort = new Uri(bare.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

        var own = Measure(barePort, handedOver: false, double.MaxValue);
        return new(own, Measure(port, handedOver: false, onFastPath), Measure(port, handedOver: true, own + beyondKestrel));
    }

    // The most of several, which are on different event loops. Of each the least of many rounds: what else the process does now and
    // then, such as compiling again what is used much, is none of a request's. What each request allocates is in all of them. More
    // than is allowed is measured for longer, in case it was not compiled yet.
    private static double Measure(int port, bool handedOver, double allowed) => Enumerable.Range(0, Connections).Max(_ => MeasureOne(port, handedOver, allowed));

    private static double MeasureOne(int port, bool handedOver, double allowed)
    {
        using var client = SilentSocket.Connect(port);
        var (end, buffer) = (Encoding.ASCII.GetBytes(Body), new byte[16 * 1024]);
        if (handedOver)
        {
            client.Send("GET /health HTTP/1.1\r\nHost: gateway\r\n\r\n"u8);
            client.Receive(buffer);
        }
        // The first takes what a connection needs once.
        SilentSocket.Ask(client, Request, end, buffer);
        var least = double.MaxValue;
        for (var (round, steady) = (0, 0); round < MostRounds && (steady < SteadyRounds || least > allowed); round++)
        {
            var bytes = Round(client, end, buffer);
            steady = bytes < least - 1 ? 0 : steady + 1;
            least = Math.Min(bytes, least);
        }
        return least;
    }

    private static double Round(Socket client, byte[] end, byte[] buffer)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Requests; i++)
        {
            SilentSocket.Ask(client, Request, end, buffer);
        }
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Requests;
    }

    private static async Task<WebApplication> StartKestrelAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var body = Encoding.ASCII.GetBytes(Body);
        app.Run(async http =>
        {
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = body.Length;
            await http.Response.BodyWriter.WriteAsync(body);
        });
        await app.StartAsync();
        return app;
    }
}
