using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Gateway.WebSockets.Delivery;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.WebSockets.Sources;

/// <summary>Tells all sessions of the costs when they have changed (gateway contract 2.9).</summary>
/// <param name="polled">Gives whom to ask.</param>
/// <param name="broadcast">Tells.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">Where failures go.</param>
internal sealed partial class CostSource(Func<PolledUpstreams> polled, Broadcast broadcast, TimeProvider clock, ILogger log)
{
    /// <summary>Pause between two polls.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(60);

    private const double Threshold = 0.01;
    private const int MaxBytes = 1 << 20;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly UpstreamCall Call = new("GET", "/api/costs/current") { Timeout = Timeout };

    private double? _last;

    /// <summary>Asks once, and tells.</summary>
    public async Task PollAsync(CancellationToken cancel)
    {
        if (polled() is not { Costs: { } upstream, Caller: var caller })
        {
            return;
        }
        try
        {
            await using var reply = await caller.SendAsync(upstream, Call, cancel);
            if (reply.Status == StatusCodes.Status200OK)
            {
                using var costs = JsonDocument.Parse(await ReadAsync(reply));
                await TellAsync(costs.RootElement, cancel);
            }
        }
        catch (Exception e) when (e is UpstreamException or JsonException or InvalidOperationException or FormatException)
        {
            LogFailed(log, e.Message);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(UpstreamReply reply)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        for (int read; (read = await reply.ReadAsync(body.GetMemory(1024))) > 0;)
        {
            body.Advance(read);
            if (body.WrittenCount > MaxBytes)
            {
                throw new FormatException("The answer is too long.");
            }
        }
        return body.WrittenMemory;
    }

    private async Task TellAsync(JsonElement costs, CancellationToken cancel)
    {
        var current = costs.TryGetProperty("current_cost"u8, out var cost) ? cost.GetDouble() : 0;
        if (_last is { } last && Math.Abs(current - last) <= Threshold)
        {
            return;
        }
        _last = current;
        await broadcast.SendAsync(new SessionMessage("cost_update", Write(costs)), cancel);
    }

    private ReadOnlyMemory<byte> Write(JsonElement costs)
    {
        var data = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(data, JsonAnswer.Compact);
        json.WriteStartObject();
        Copy("current_cost", "current_cost", "0"u8);
        Copy("budget_remaining", "budget_remaining", "0"u8);
        Copy("breakdown", "cost_breakdown", "{}"u8);
        json.WriteString("timestamp"u8, WireTimestamp.Of(clock.GetUtcNow()));
        Copy("period", "period", "\"monthly\""u8);
        json.WriteEndObject();
        json.Flush();
        return data.WrittenMemory;

        void Copy(string from, string to, ReadOnlySpan<byte> fallback)
        {
            json.WritePropertyName(to);
            if (costs.TryGetProperty(from, out var value))
            {
                value.WriteTo(json);
            }
            else
            {
                json.WriteRawValue(fallback, skipInputValidation: true);
            }
        }
    }

    [LoggerMessage(EventId = 524, Level = LogLevel.Warning, Message = "The costs could not be read: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
