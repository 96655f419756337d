using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.FastPath;

/// <summary>Runs when nothing else does: what the process allocates is what is measured.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Requests = 250;
    private const int SteadyRounds = 5;
    private const int MostRounds = 24;
    private const int Connections = 4;
    private const string Body = "{\"answer\":\"0123456789012345678901234567890123456789\"}";

    private static readonly byte[] Request = Encoding.ASCII.GetBytes(
        $"GET /api/llm/x HTTP/1.1\r\nHost: gateway\r\nX-API-Key: {GatewayHost.Key}\r\nUser-Agent: test\r\nAccept: */*\r\n\r\n");

    [Fact]
    public async Task Requests_OnAllPaths_StayWithinTheirBudgets()
    {
        using var upstream = SilentSocket.Serve(StubUpstream.Reply("200 OK", Body));
        await using var gateway = await GatewayHost.StartAsync($"http://127.0.0.1:{((IPEndPoint)upstream.LocalEndPoint!).Port}", [("LOG_LEVEL", "WARNING"), ("RATE_LIMIT_RPM", "60000000")]);
        var port = new Uri(gateway.Urls["gateway"]).Port;
        await using var bare = await StartKestrelAsync();
        var barePort = new Uri(bare.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

        var budgets = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(PublishedExecutable.Root, "bench", "budgets.json"), TestContext.Current.CancellationToken)).RootElement.GetProperty("allocatedBytesPerRequest");
        // Unoptimized code allocates for every call of an async method.
        var allowed = IsOptimized ? 1 : 10;
        var (onBytes, beyond) = (allowed * budgets.GetProperty("fastPath").GetDouble(), allowed * budgets.GetProperty("throughServerBeyondKestrel").GetDouble());

        var own = Measure(barePort, handedOver: false, double.MaxValue);
        var fast = Measure(port, handedOver: false, onBytes);
        var ordinary = Measure(port, handedOver: true, own + beyond);

        output.WriteLine($"bytes per request: bare Kestrel {own:F1}, fast path {fast:F1}, through the server {ordinary:F1}");
        Assert.InRange(fast, 0, onBytes);
        Assert.InRange(ordinary - own, double.MinValue, beyond);
    }

    private static bool IsOptimized => typeof(GatewayModule).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

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
