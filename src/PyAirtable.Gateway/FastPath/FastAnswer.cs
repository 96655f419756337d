using System.Buffers.Text;
using System.IO.Pipelines;
using PyAirtable.Gateway.Http1;
using PyAirtable.Hosting.RateLimiting;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.FastPath;

/// <summary>Writes an upstream's answer to a client of the fast path, as <see cref="AnswerHead"/> and the server do for all others.</summary>
internal static class FastAnswer
{
    // Numbers, the fixed names and the line ends.
    private const int FixedBytes = 512;

    /// <summary>Writes the head; true where the body is sent in chunks.</summary>
    public static bool WriteHead(PipeWriter writer, FastPath path, ResponseHead head, FastHead request, ReadOnlySpan<byte> input, ReadOnlySpan<byte> ids, RateLimitDecision decision, bool closes)
    {
        var bytes = FixedBytes + path.ConstantHeaders.Length + head.Reason.Length + request.TraceId.Length + request.RequestId.Length;
        foreach (var line in head.Lines)
        {
            bytes += line.Raw.Length + 2;
        }
        var to = new ByteCursor(writer.GetSpan(bytes));
        to.Add("HTTP/1.1 "u8);
        to.Add(head.Status);
        to.Add(" "u8);
        to.Add(head.Phrase);
        to.Add("\r\n"u8);
        var dated = false;
        foreach (var line in head.Lines)
        {
            dated |= line.Name == "Date";
            to.Add(line.Raw);
            to.Add("\r\n"u8);
        }
        if (!dated)
        {
            to.Add(DateLine.Current);
        }
        to.Add(path.ConstantHeaders);
        to.Add("X-Trace-ID: "u8);
        to.Add(request.TraceId.IsSet ? request.TraceId.Of(input) : ids[..RandomIds.Length]);
        to.Add("\r\nX-Request-ID: "u8);
        to.Add(request.RequestId.IsSet ? request.RequestId.Of(input) : ids[RandomIds.Length..]);
        to.Add("\r\nX-RateLimit-Limit: "u8);
        to.Add(decision.Limit);
        to.Add("\r\nX-RateLimit-Remaining: "u8);
        to.Add(decision.Remaining);
        to.Add("\r\nX-RateLimit-Reset: "u8);
        to.Add((long)Math.Ceiling(decision.ResetAfter.TotalSeconds));
        var chunks = AddFraming(ref to, head, request.Method == "HEAD");
        to.Add(closes ? "\r\nConnection: close\r\n\r\n"u8 : "\r\n\r\n"u8);
        writer.Advance(to.Written);
        return chunks;
    }

    /// <summary>Writes a piece of the body.</summary>
    public static void WritePiece(PipeWriter writer, ReadOnlySpan<byte> piece, bool chunks)
    {
        if (piece.IsEmpty)
        {
            return;
        }
        var to = new ByteCursor(writer.GetSpan(piece.Length + 24));
        if (chunks)
        {
            to.AddHex(piece.Length);
            to.Add("\r\n"u8);
        }
        to.Add(piece);
        if (chunks)
        {
            to.Add("\r\n"u8);
        }
        writer.Advance(to.Written);
    }

    /// <summary>Writes the end of chunks.</summary>
    public static void WriteEnd(PipeWriter writer)
    {
        var to = new ByteCursor(writer.GetSpan(8));
        to.Add("0\r\n\r\n"u8);
        writer.Advance(to.Written);
    }

    private static bool AddFraming(ref ByteCursor to, ResponseHead head, bool toHead)
    {
        if (head.Status == 204)
        {
            return false;
        }
        if (head.ContentLength is { } length)
        {
            to.Add("\r\nContent-Length: "u8);
            to.Add(length);
            return false;
        }
        if (head.Framing(toHead) == BodyFraming.None)
        {
            return false;
        }
        to.Add("\r\nTransfer-Encoding: chunked"u8);
        return true;
    }
}
