using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using PyAirtable.Hosting.Health;
using PyAirtable.Hosting.Serving;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Serving;

public sealed class ServiceProcessTests
{
    private static readonly Uri Root = new("/", UriKind.Relative);

    [Fact]
    public async Task Stop_RequestInFlight_IsAnsweredInFull()
    {
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var host = await StartAsync(async request =>
        {
            arrived.SetResult();
            await release.Task;
            await request.Http.Response.WriteAsync("done");
        });
        var answer = host.Client.GetStringAsync(Root);
        await arrived.Task;

        var stop = host.StopAsync();
        Assert.False(stop.IsCompleted);
        release.SetResult();

        Assert.Equal("done", await answer);
        await stop;
    }

    [Fact]
    public async Task Stop_KeptAliveConnection_IsToldToClose()
    {
        await using var host = await StartAsync(request => request.Http.Response.WriteAsync("ok"));
        host.Process.Stop.Begin();

        using var answer = await host.Client.GetAsync(Root);

        Assert.True(answer.Headers.ConnectionClose);
    }

    [Fact]
    public async Task Stop_Begun_IsNotReadyButAlive()
    {
        await using var host = await StartAsync(request => request.Http.Response.WriteAsync("ok"));
        using var management = host.ClientOf("management");
        host.Process.Stop.Begin();

        using var ready = await management.GetAsync(new Uri("/ready", UriKind.Relative));
        using var live = await management.GetAsync(new Uri("/live", UriKind.Relative));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (ready.StatusCode, live.StatusCode));
    }

    [Fact]
    public async Task Ready_CheckFails_Is503AndNamesIt()
    {
        await using var host = await ServiceHost.StartAsync((_, _) => _ =>
            [new TestModule("test", _ => Task.CompletedTask) { ReadinessChecks = [new ReadinessCheck("database", _ => Task.FromResult(false))] }]);
        using var management = host.ClientOf("management");

        using var answer = await management.GetAsync(new Uri("/ready", UriKind.Relative));

        Assert.Equal("""{"status":"not ready","checks":{"database":"failing"}}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Theory]
    [InlineData("POST", "/live", 405)]
    [InlineData("GET", "/other", 404)]
    public async Task Management_OtherRequests_AreRefused(string method, string path, int status)
    {
        await using var host = await StartAsync(_ => Task.CompletedTask);
        using var management = host.ClientOf("management");

        using var answer = await management.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Workers_StartAfterListening_StopBeforeTheEnd()
    {
        var worker = new RecordingWorker();
        var host = await ServiceHost.StartAsync((_, _) => _ => [new TestModule("test", _ => Task.CompletedTask) { Workers = [worker] }]);

        Assert.Equal(["start"], worker.Calls);
        await host.DisposeAsync();
        Assert.Equal(["start", "stop"], worker.Calls);
    }

    private static Task<ServiceHost> StartAsync(RequestHandler handler) => ServiceHost.StartAsync((_, _) => _ => [new TestModule("test", handler)]);

    private sealed class RecordingWorker : IHostedService
    {
        public List<string> Calls { get; } = [];

        public Task StartAsync(CancellationToken cancellationToken) => Record("start");

        public Task StopAsync(CancellationToken cancellationToken) => Record("stop");

        private Task Record(string call)
        {
            Calls.Add(call);
            return Task.CompletedTask;
        }
    }
}
