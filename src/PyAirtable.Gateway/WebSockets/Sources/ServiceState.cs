using System.Buffers;
using System.Globalization;
using System.Text.Json;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.WebSockets.Sources;

/// <summary>How an upstream was when it was last asked.</summary>
/// <param name="Name">Such as <c>llm_orchestrator</c>.</param>
/// <param name="Status">One of the three below.</param>
/// <param name="Checked">When.</param>
internal sealed record ServiceState(string Name, string Status, DateTimeOffset Checked)
{
    /// <summary>It answered 200.</summary>
    public const string Healthy = "healthy";

    /// <summary>It answered something else.</summary>
    public const string Unhealthy = "unhealthy";

    /// <summary>It did not answer.</summary>
    public const string Unreachable = "unreachable";

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    /// <summary>How long its answer took.</summary>
    public TimeSpan ResponseTime { get; init; }

    /// <summary>Why it did not answer.</summary>
    public string Error { get; init; } = "";

    /// <summary>The <c>data</c> of a <c>system_status</c> message (gateway contract 2.5).</summary>
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<ServiceState> states, DateTimeOffset now)
    {
        var data = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(data, JsonAnswer.Compact);
        json.WriteStartObject();
        json.WriteStartObject("services"u8);
        foreach (var state in states)
        {
            state.WriteTo(json);
        }
        json.WriteEndObject();
        json.WriteString("overall_status"u8, states.All(state => state.Status == Healthy) ? "healthy"u8 : "degraded"u8);
        json.WriteString("timestamp"u8, WireTimestamp.Of(now));
        json.WriteStartArray("alerts"u8);
        foreach (var state in states)
        {
            state.WriteAlertTo(json, now);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return data.WrittenMemory;
    }

    private void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject(Name);
        json.WriteString("status"u8, Status);
        if (Status == Unreachable)
        {
            json.WriteString("error"u8, Error);
        }
        else
        {
            json.WriteNumber("response_time"u8, ResponseTime.TotalSeconds);
        }
        json.WriteString("last_check"u8, WireTimestamp.Of(Checked));
        json.WriteEndObject();
    }

    private void WriteAlertTo(Utf8JsonWriter json, DateTimeOffset now)
    {
        var (level, text) = Status switch
        {
            Unhealthy => ("warning", $"Service {Name} is unhealthy"),
            Unreachable => ("error", $"Service {Name} is unreachable"),
            _ when ResponseTime > Slow => ("warning", string.Create(CultureInfo.InvariantCulture, $"Service {Name} response time is high ({ResponseTime.TotalSeconds:F2}s)")),
            _ => ("", ""),
        };
        if (level.Length == 0)
        {
            return;
        }
        json.WriteStartObject();
        json.WriteString("level"u8, level);
        json.WriteString("service"u8, Name);
        json.WriteString("message"u8, text);
        json.WriteString("timestamp"u8, WireTimestamp.Of(now));
        json.WriteEndObject();
    }
}
