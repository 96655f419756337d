using System.Globalization;

namespace PyAirtable.Hosting.Logging;

/// <summary>
/// One JSON object per line: <c>ts</c> (RFC 3339, UTC, milliseconds), <c>level</c>, <c>msg</c>, <c>logger</c>, <c>event</c>, the message's
/// values by their names in snake case, <c>error</c> and <c>trace_id</c>. Access lines have short keys and at most 250 bytes.
/// </summary>
internal sealed class JsonLine : ILineFormat
{
    /// <summary>Bytes of an access line at most, with its line end.</summary>
    public const int AccessLimit = 250;

    /// <summary>Bytes of a message, a value or a stack at most.</summary>
    private const int TextLimit = 4096;

    private Second _second = new(-1, []);

    /// <inheritdoc/>
    /// <remarks>All parts but trace id and route have their bound; these two stand last and share what is left: the trace id 36 bytes or
    /// more, the route the rest.</remarks>
    public void Write(long at, in AccessLine access, Utf8Line line)
    {
        var start = line.Length;
        Time(at, line);
        line.Raw("\",\"level\":\"info\",\"msg\":\"access\",\"svc\":\""u8).Text(access.Service, 16)
            .Raw("\",\"m\":\""u8).Text(access.Method, 10)
            .Raw("\",\"status\":"u8).Number(Math.Clamp(access.Status, 0, 999))
            .Raw(",\"ms\":"u8).Milliseconds(access.Elapsed)
            .Raw(",\"bytes\":"u8).Number(Math.Max(0, access.ResponseBytes));
        if (access.Upstream is { } upstream)
        {
            line.Raw(",\"up\":\""u8).Text(upstream, 16).Raw("\""u8);
        }

        var left = AccessLimit - (line.Length - start) - ",\"route\":\"\"}\n".Length;
        if (!access.TraceId.IsEmpty)
        {
            left -= ",\"trace\":\"\"".Length;
            var before = line.Raw(",\"trace\":\""u8).Length;
            line.Text(access.TraceId, Math.Clamp(left - 30, 36, 64));
            left -= line.Length - before;
            line.Raw("\""u8);
        }

        line.Raw(",\"route\":\""u8).Text(access.PathOrTemplate, left).Raw("\"}\n"u8);
    }

    /// <inheritdoc/>
    public void Write(long at, LogMessage message, Utf8Line line)
    {
        Time(at, line);
        line.Raw("\",\"level\":\""u8).Raw(LogLevelName.Json(message.Level))
            .Raw("\",\"msg\":\""u8).Text(message.Text, TextLimit)
            .Raw("\",\"logger\":\""u8).Text(message.Logger, 200).Raw("\""u8);
        if (message.EventId != 0)
        {
            line.Raw(",\"event\":"u8).Number(message.EventId);
        }

        foreach (var (name, value, _) in message.Values)
        {
            Value(value, line.Raw(",\""u8).Key(name).Raw("\":"u8));
        }

        if (message.TraceId is { } traceId)
        {
            line.Raw(",\"trace_id\":\""u8).Text(traceId, 64).Raw("\""u8);
        }

        if (message.Error is { } error)
        {
            line.Raw(",\"error\":{\"type\":\""u8).Text(error.Type, 200).Raw("\",\"message\":\""u8).Text(error.Message, TextLimit).Raw("\""u8);
            if (error.Stack is { } stack)
            {
                line.Raw(",\"stack\":\""u8).Text(stack, TextLimit).Raw("\""u8);
            }

            line.Raw("}"u8);
        }

        line.Raw("}\n"u8);
    }

    private static void Value(object? value, Utf8Line line)
    {
        if (!line.TryScalar(value))
        {
            line.Raw("\""u8).Text((string)value!, TextLimit).Raw("\""u8);
        }
    }

    private void Time(long ticks, Utf8Line line)
    {
        var number = ticks / TimeSpan.TicksPerSecond;
        var second = Volatile.Read(ref _second);
        if (second.Number != number)
        {
            second = Second.Of(number);
            Volatile.Write(ref _second, second);
        }

        line.Raw("{\"ts\":\""u8).Raw(second.Text).Raw("."u8).Number((int)(ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMillisecond), "D3").Raw("Z"u8);
    }

    /// <summary>A second in text, which many lines share.</summary>
    private sealed record Second(long Number, byte[] Text)
    {
        public static Second Of(long number)
        {
            var text = new byte[19];
            new DateTime(number * TimeSpan.TicksPerSecond).TryFormat(text, out _, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
            return new Second(number, text);
        }
    }
}
