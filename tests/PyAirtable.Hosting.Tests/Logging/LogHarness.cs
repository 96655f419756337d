using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Logging;

namespace PyAirtable.Hosting.Tests.Logging;

/// <summary>A sink that writes to memory, at a fixed time.</summary>
internal sealed class LogHarness : IAsyncDisposable
{
    private readonly MemoryStream _output = new();

    public LogHarness(LogFormat format = LogFormat.Json, LogLevel level = LogLevel.Information) =>
        Sink = new LogSink(new LogOptions(level, format), _output, new FixedClock());

    public LogSink Sink { get; }

    public ILogger Logger => Sink.CreateLogger("PyAirtable.Tests");

    public async Task<string> TextAsync()
    {
        await Sink.FlushAsync(TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(_output.ToArray());
    }

    public async Task<string[]> LinesAsync() => (await TextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async Task<JsonElement> OnlyLineAsync() => JsonSerializer.Deserialize<JsonElement>(Assert.Single(await LinesAsync()));

    public ValueTask DisposeAsync() => Sink.DisposeAsync();

    private sealed class FixedClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2025, 8, 1, 10, 15, 2, 7, TimeSpan.Zero);
    }
}
