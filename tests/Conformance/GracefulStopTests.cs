using System.Text;
using PyAirtable.Testing;

namespace PyAirtable.Conformance;

/// <summary>SIGTERM under load: every request that a running conversation sent is answered in full, and every answered write is there.</summary>
public sealed class GracefulStopTests
{
    private const int Stops = 100;
    private const int Clients = 8;

    [Fact]
    public async Task Sigterm_UnderLoadHundredTimes_LosesNoAcceptedRequest()
    {
        await using var instance = await AllInOneInstance.StartAsync();
        var workflow = (await instance.PostAsync("/api/automation/workflows", """{"name":"n","config":{"steps":[]}}""")).GetProperty("workflow").GetProperty("id").GetInt32();
        var acknowledged = 0;
        for (var stop = 0; stop < Stops; stop++)
        {
            if (stop > 0)
            {
                await instance.StartAgainAsync();
            }
            var answers = Enumerable.Range(0, Clients).Select(_ => 0).ToArray();
            var clients = Enumerable.Range(0, Clients).Select(i => TalkAsync(instance, i % 2 == 0 ? Read() : Write(instance, workflow), count => answers[i] = count)).ToList();
            while (answers.Any(count => count == 0))
            {
                Assert.DoesNotContain(clients, client => client.IsFaulted);
                await Task.Delay(5);
            }
            instance.Process.Signal(ExecutableProcess.Sigterm);
            await Task.WhenAll(clients);

            Assert.Equal(0, await instance.Process.WaitForExitAsync());
            acknowledged += answers.Where((_, i) => i % 2 == 1).Sum();
        }

        await instance.StartAgainAsync();
        Assert.Equal(acknowledged, await CountAsync(instance, workflow));
    }

    [Fact]
    public async Task SecondSignal_WhileStopping_EndsAtOnce()
    {
        await using var instance = await AllInOneInstance.StartAsync(("SHUTDOWN_TIMEOUT", "1h"));
        using var connection = new RawHttpConnection();
        Assert.True(await connection.ConnectAsync(instance.Automation));
        // A body that never comes keeps the request in flight, so the first signal waits for it.
        var request = connection.SendAsync(Encoding.ASCII.GetBytes($"POST /workflows HTTP/1.1\r\nHost: x\r\nX-API-Key: {instance.ApiKey}\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n"));
        await Task.Delay(200);

        instance.Process.Signal(ExecutableProcess.Sigterm);
        await Task.Delay(1500);
        Assert.False(request.IsCompleted);
        instance.Process.Signal(ExecutableProcess.Sigterm);

        Assert.Equal(128 + ExecutableProcess.Sigterm, await instance.Process.WaitForExitAsync());
    }

    // A client that never stops asking on its one connection. It may end only where the server said so: with "Connection: close".
    private static async Task TalkAsync(AllInOneInstance instance, byte[] request, Action<int> progress)
    {
        using var connection = new RawHttpConnection();
        Assert.True(await connection.ConnectAsync(instance.Gateway));
        while (true)
        {
            var answer = await connection.SendAsync(request);
            Assert.True(answer is { Status: 200 }, $"after {connection.Answers} answers: {answer?.ToString() ?? "connection lost"}");
            progress(connection.Answers);
            if (answer!.Closes)
            {
                return;
            }
        }
    }

    private static byte[] Read() => "GET /health HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray();

    private static byte[] Write(AllInOneInstance instance, int workflow) => Encoding.ASCII.GetBytes(
        $"POST /api/automation/workflows/{workflow}/trigger HTTP/1.1\r\nHost: x\r\nX-API-Key: {instance.ApiKey}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}");

    private static async Task<int> CountAsync(AllInOneInstance instance, int workflow)
    {
        var count = 0;
        for (var page = -1; page != 0; count += page)
        {
            page = (await instance.GetAsync($"/api/automation/workflows/{workflow}/executions?limit=1000&skip={count}")).GetProperty("total").GetInt32();
        }
        return count;
    }
}
