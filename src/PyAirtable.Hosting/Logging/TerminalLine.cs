using System.Buffers;
using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Logging;

/// <summary>Lines for people: <c>10:15:02 INFO  message key=value</c>, access lines as <c>GET /files/{id} 200 1.2ms</c>, coloured where wanted.</summary>
internal sealed class TerminalLine(TimeZoneInfo zone, bool color) : ILineFormat
{
    private const int TextLimit = 4096;
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(" \"\t\r\n=");

    /// <inheritdoc/>
    public void Write(long at, in AccessLine access, Utf8Line line)
    {
        Time(at, line);
        Paint(line, "32"u8).Raw("INFO  "u8);
        Paint(line, "0"u8).Text(access.Method, 10).Raw(" "u8).Text(access.PathOrTemplate, 200).Raw(" "u8);
        Paint(line, access.Status switch { >= 500 => "31"u8, >= 400 => "33"u8, >= 300 => "36"u8, _ => "32"u8 }).Number(access.Status);
        Paint(line, "0"u8).Raw(" "u8).Number(access.Elapsed.TotalMilliseconds, "0.0").Raw("ms "u8);
        Paint(line, "2"u8).Number(access.ResponseBytes).Raw("B "u8).Text(access.Service, 16);
        if (access.Upstream is { } upstream)
        {
            line.Raw(">"u8).Text(upstream, 16);
        }

        if (!access.TraceId.IsEmpty)
        {
            line.Raw(" "u8).Text(access.TraceId, 64);
        }

        Paint(line, "0"u8).Raw("\n"u8);
    }

    /// <inheritdoc/>
    public void Write(long at, LogMessage message, Utf8Line line)
    {
        Time(at, line);
        Paint(line, message.Level switch { >= LogLevel.Error => "1;31"u8, LogLevel.Warning => "33"u8, LogLevel.Information => "32"u8, _ => "2"u8 }).Raw(LogLevelName.Column(message.Level));
        Paint(line, "0"u8).Raw(" "u8).Readable(message.Text, TextLimit);
        foreach (var (name, value, inText) in message.Values)
        {
            if (!inText)
            {
                Paint(line, "2"u8).Raw(" "u8).Text(name, 100).Raw("="u8);
                Paint(line, "0"u8);
                Value(value, line);
            }
        }

        if (message.Error is { } error)
        {
            Paint(line.Raw(" "u8), "31"u8).Text(error.Type, 200).Raw(": "u8).Readable(error.Message, TextLimit);
            Paint(line, "0"u8);
            foreach (var frame in (error.Stack ?? "").AsSpan().EnumerateLines())
            {
                if (!frame.IsEmpty)
                {
                    line.Raw("\n  "u8).Readable(frame, TextLimit);
                }
            }
        }

        line.Raw("\n"u8);
    }

    private void Time(long ticks, Utf8Line line)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(new DateTime(ticks, DateTimeKind.Utc), zone);
        Paint(line, "2"u8).Number(local, "HH:mm:ss");
        Paint(line, "0"u8).Raw(" "u8);
    }

    private static void Value(object? value, Utf8Line line)
    {
        if (line.TryScalar(value))
        {
            return;
        }

        var text = (string)value!;
        if (text.Length > 0 && !text.AsSpan().ContainsAny(NeedQuotes))
        {
            line.Text(text, TextLimit);
        }
        else
        {
            line.Raw("\""u8).Text(text, TextLimit).Raw("\""u8);
        }
    }

    /// <summary>An ANSI "select graphic rendition" sequence, where lines are coloured.</summary>
    private Utf8Line Paint(Utf8Line line, ReadOnlySpan<byte> code) => color ? line.Raw("\u001b["u8).Raw(code).Raw("m"u8) : line;
}
