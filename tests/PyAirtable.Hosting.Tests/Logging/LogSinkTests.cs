using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Logging;

namespace PyAirtable.Hosting.Tests.Logging;

public sealed class LogSinkTests
{
    private static AccessLine Access => new("gateway", "GET", "/api/x/{id}", 200, TimeSpan.FromMilliseconds(1), 3, "trace", "mcp");

    [Fact]
    public async Task WriteAccess_AfterTheBufferHasGrown_AllocatesNothing()
    {
        await using var log = new LogHarness();
        for (var round = 0; round < 6; round++)
        {
            for (var i = 0; i < 1000; i++)
            {
                log.Sink.WriteAccess(Access);
            }

            await log.Sink.FlushAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, Allocated(() => log.Sink.WriteAccess(Access)));
    }

    [Fact]
    public async Task WriteAccess_StreamThatBlocks_DropsCountsAndSaysSo()
    {
        var output = new BlockedStream();
        var sink = new LogSink(new LogOptions(LogLevel.Information, LogFormat.Json), output, TimeProvider.System, capacity: 16 * await LengthAsync());
        sink.WriteAccess(Access);
        await output.Entered;
        for (var i = 0; i < 40; i++)
        {
            sink.WriteAccess(Access);
        }

        output.Release();
        await sink.DisposeAsync();

        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var dropped = JsonSerializer.Deserialize<JsonElement>(Assert.Single(lines, line => line.Contains("log_dropped", StringComparison.Ordinal)));
        Assert.Equal(24, dropped.GetProperty("dropped").GetInt32());
        Assert.Equal(1 + 16 + 1, lines.Length);
    }

    [Fact]
    public async Task DisposeAsync_QueuedLines_AreAllWritten()
    {
        var output = new MemoryStream();
        var sink = new LogSink(new LogOptions(LogLevel.Information, LogFormat.Json), output, TimeProvider.System);
        for (var i = 0; i < 5000; i++)
        {
            sink.WriteAccess(Access);
        }

        await sink.DisposeAsync();
        sink.WriteAccess(Access);

        Assert.Equal(5000, output.ToArray().Count(value => value == '\n'));
    }

    [Fact]
    public async Task Write_StreamThatFails_IsGivenUpQuietly()
    {
        var sink = new LogSink(new LogOptions(LogLevel.Information, LogFormat.Json), new ClosedPipe(), TimeProvider.System);
        sink.WriteAccess(Access);
        await sink.FlushAsync(TestContext.Current.CancellationToken);
        sink.WriteAccess(Access);
        await sink.FlushAsync(TestContext.Current.CancellationToken);
        await sink.DisposeAsync();
    }

    [Fact]
    public async Task Write_AccessAndMessages_KeepTheirOrder()
    {
        await using var log = new LogHarness();
        for (var i = 0; i < 100; i++)
        {
            log.Sink.WriteAccess(new AccessLine("gateway", "GET", $"/{i}", 200, TimeSpan.Zero, 0));
            log.Logger.LogInformation("{Number}", i);
        }

        var lines = await log.LinesAsync();
        Assert.Equal(
            Enumerable.Range(0, 100).SelectMany(i => new[] { $"\"route\":\"/{i}\"", $"\"msg\":\"{i}\"" }),
            lines.Select((line, at) => line[line.IndexOf(at % 2 == 0 ? "\"route\"" : "\"msg\"", StringComparison.Ordinal)..].Split([',', '}'])[0]));
    }

    [Fact]
    public async Task Write_ManyThreads_KeepsLinesWhole()
    {
        await using var log = new LogHarness();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                log.Sink.WriteAccess(Access);
                log.Logger.LogInformation("{Number}", i);
            }
        })));

        var lines = await log.LinesAsync();
        Assert.Equal(4000, lines.Length);
        Assert.All(lines, line => JsonSerializer.Deserialize<JsonElement>(line));
    }

    [Fact]
    public async Task WriteAccess_LevelAboveInformation_WritesNothing()
    {
        await using var log = new LogHarness(level: LogLevel.Warning);
        log.Sink.WriteAccess(Access);

        Assert.Empty(await log.LinesAsync());
    }

    [Fact]
    public async Task CreateLogger_FrameworkCategory_WritesWarningsOnly()
    {
        await using var log = new LogHarness(level: LogLevel.Debug);
        var logger = log.Sink.CreateLogger("Microsoft.AspNetCore.Server.Kestrel");

        Assert.False(logger.IsEnabled(LogLevel.Information));
        Assert.True(logger.IsEnabled(LogLevel.Warning));
        Assert.True(log.Logger.IsEnabled(LogLevel.Debug));
        Assert.False(log.Logger.IsEnabled(LogLevel.None));
    }

    [Fact]
    public async Task CreateLogger_AsKestrelsFactory_ServesAndLogs()
    {
        await using var log = new LogHarness();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton<ILoggerFactory>(log.Sink);
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(_ => throw new InvalidOperationException("handler"));
        await app.StartAsync(TestContext.Current.CancellationToken);

        using var client = new HttpClient();
        using var answer = await client.GetAsync(app.Urls.First(), TestContext.Current.CancellationToken);
        await app.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("Microsoft.AspNetCore.Server.Kestrel", (await log.OnlyLineAsync()).GetProperty("logger").GetString());
    }

    private static async Task<int> LengthAsync()
    {
        await using var log = new LogHarness();
        log.Sink.WriteAccess(Access);
        return (await log.TextAsync()).Length;
    }

    private static long Allocated(Action action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class BlockedStream : MemoryStream
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _released = new();

        public Task Entered => _entered.Task;

        public void Release() => _released.Set();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _entered.TrySetResult();
            _released.Wait(TestContext.Current.CancellationToken);
            base.Write(buffer);
        }
    }

    private sealed class ClosedPipe : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe");
    }
}
