using System.Buffers.Text;

namespace PyAirtable.Load.Http;

/// <summary>Reads HTTP/1.1 answers as servers send them on kept-alive connections.</summary>
internal static class AnswerReader
{
    /// <summary>Reads one answer.</summary>
    /// <param name="received">What has come so far; a body in chunks is put together in it once it is whole.</param>
    /// <param name="answer">Status, where the body is, and whether the server closes the connection after it.</param>
    /// <returns>False while more is to come.</returns>
    /// <exception cref="FormatException">It is no HTTP/1.1 answer with a length.</exception>
    public static bool TryRead(Span<byte> received, out ReadAnswer answer)
    {
        answer = default;
        var head = received.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }
        var lines = (ReadOnlySpan<byte>)received[..(head + 2)];
        if (!lines.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(lines[9..], out int status, out _))
        {
            throw new FormatException("not an HTTP/1.1 answer");
        }
        var (length, chunked, closes) = Headers(lines[(lines.IndexOf("\r\n"u8) + 2)..]);
        var start = head + 4;
        if (status is 204 or 304)
        {
            length = 0;
        }
        if (chunked)
        {
            answer = new ReadAnswer(status, start, 0, closes);
            return Unchunk(received[start..], ref answer);
        }
        if (length < 0)
        {
            throw new FormatException("an answer without a length");
        }
        answer = new ReadAnswer(status, start, (int)length, closes);
        return received.Length >= start + length;
    }

    private static (long Length, bool Chunked, bool Closes) Headers(ReadOnlySpan<byte> lines)
    {
        var (length, chunked, closes) = (-1L, false, false);
        while (lines.Length > 0)
        {
            var end = lines.IndexOf("\r\n"u8);
            var line = lines[..end];
            lines = lines[(end + 2)..];
            var colon = line.IndexOf((byte)':');
            if (colon < 0)
            {
                continue;
            }
            var value = line[(colon + 1)..].Trim(" \t"u8);
            switch (colon)
            {
                case 14 when Is(line, "content-length"):
                    length = Utf8Parser.TryParse(value, out long parsed, out var used) && used == value.Length ? parsed : throw new FormatException("a length that is no number");
                    break;
                case 17 when Is(line, "transfer-encoding"):
                    chunked = Is(value, "chunked");
                    break;
                case 10 when Is(line, "connection"):
                    closes = Is(value, "close");
                    break;
            }
        }
        return (length, chunked, closes);
    }

    private static bool Is(ReadOnlySpan<byte> text, string expected) => text.Length >= expected.Length && System.Text.Ascii.EqualsIgnoreCase(text[..expected.Length], expected);

    // First looked through, then moved together, so that a part of a body is left as it came.
    private static bool Unchunk(Span<byte> body, ref ReadAnswer answer)
    {
        if (!Walk(body, move: false, out _))
        {
            return false;
        }
        Walk(body, move: true, out var length);
        answer = answer with { BodyLength = length };
        return true;
    }

    private static bool Walk(Span<byte> body, bool move, out int length)
    {
        length = 0;
        for (var at = 0; ;)
        {
            var line = body[at..].IndexOf("\r\n"u8);
            if (line < 0)
            {
                return false;
            }
            if (!Utf8Parser.TryParse(body.Slice(at, line), out int size, out _, 'x') || size < 0)
            {
                throw new FormatException("a chunk without a size");
            }
            at += line + 2;
            if (body.Length - at < size + 2)
            {
                return false;
            }
            if (size == 0)
            {
                return true;
            }
            if (move)
            {
                body.Slice(at, size).CopyTo(body[length..]);
            }
            length += size;
            at += size + 2;
        }
    }
}
