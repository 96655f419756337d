using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace PyAirtable.Gateway.Http1;

/// <summary>
/// The head of an upstream's answer, read strictly: what could be read in two ways is no answer (RFC 9112; RFC 9110, 5.5). One per
/// connection, read anew for each answer.
/// </summary>
internal sealed class ResponseHead
{
    /// <summary>Bytes that a head may have.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxLines = 256;
    private const int StatusLineBytes = 12;

    // Control characters, but for the tab.
    private static readonly SearchValues<byte> NotInText = SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    private readonly List<HeaderLine> _known = [];
    private readonly List<HeaderLine> _lines = [];
    private byte[] _rawReason = "OK"u8.ToArray();
    private string _reason = "OK";
    private bool _http10;
    private bool _chunked;
    private long? _length;

    /// <summary>HTTP status.</summary>
    public int Status { get; private set; }

    /// <summary>Reason phrase; may be empty.</summary>
    public string Reason => _reason;

    /// <summary>The phrase that goes on to clients: the upstream's own if it is plain ASCII, else the usual one of the status.</summary>
    public string Phrase => _rawReason.Length > 0 && Ascii.IsValid(_rawReason) ? _reason : ReasonPhrases.GetReasonPhrase(Status);

    /// <summary>Headers that are not of the connection, in order.</summary>
    public ReadOnlySpan<HeaderLine> Lines => CollectionsMarshal.AsSpan(_lines);

    /// <summary><c>Content-Length</c>; null where it is not there.</summary>
    public long? ContentLength => _length;

    /// <summary>Whether another request may follow on the connection.</summary>
    public bool KeepsAlive { get; private set; }

    /// <summary>How the body ends; known for the method of the request.</summary>
    public BodyFraming Framing(bool toHead) =>
        toHead || Status is 204 or 304 or < 200 ? BodyFraming.None
        : _chunked ? BodyFraming.Chunked
        : _length is { } length ? (length == 0 ? BodyFraming.None : BodyFraming.Length)
        : BodyFraming.UntilClose;

    /// <summary>Reads a head from the start of <paramref name="bytes"/>: how long it is, or 0 while its end has not come.</summary>
    /// <exception cref="InvalidAnswerException">It is none.</exception>
    public int Read(ReadOnlySpan<byte> bytes)
    {
        // What cannot become a head any more is not waited for.
        var prefix = "HTTP/1."u8;
        if (!prefix[..Math.Min(prefix.Length, bytes.Length)].SequenceEqual(bytes[..Math.Min(prefix.Length, bytes.Length)]))
        {
            throw new InvalidAnswerException("is not HTTP/1.1");
        }
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return bytes.Length < MaxBytes && !HasBareLineFeed(bytes) ? 0 : throw new InvalidAnswerException("has too large a head");
        }
        if (end > MaxBytes)
        {
            throw new InvalidAnswerException("has too large a head");
        }
        var head = bytes[..(end + 2)];
        var line = head.IndexOf("\r\n"u8);
        ReadStatusLine(head[..line]);
        ReadLines(head[(line + 2)..]);
        return end + 4;
    }

    // Such a head never gets the end that is looked for.
    private static bool HasBareLineFeed(ReadOnlySpan<byte> bytes)
    {
        for (var at = bytes.IndexOf((byte)'\n'); at >= 0;)
        {
            if (at == 0 || bytes[at - 1] != '\r')
            {
                return true;
            }
            var next = bytes[(at + 1)..].IndexOf((byte)'\n');
            at = next < 0 ? -1 : at + 1 + next;
        }
        return false;
    }

    private void ReadStatusLine(ReadOnlySpan<byte> line)
    {
        if (line.Length < StatusLineBytes || line[7] is not ((byte)'0' or (byte)'1') || line[8] != ' ' || (line.Length > StatusLineBytes && line[StatusLineBytes] != ' ')
            || !char.IsAsciiDigit((char)line[9]) || !char.IsAsciiDigit((char)line[10]) || !char.IsAsciiDigit((char)line[11]) || line[9] == '0')
        {
            throw new InvalidAnswerException("has no status line");
        }
        _http10 = line[7] == '0';
        Status = ((line[9] - '0') * 100) + ((line[10] - '0') * 10) + (line[11] - '0');
        var reason = line.Length > StatusLineBytes ? line[(StatusLineBytes + 1)..] : [];
        if (!reason.SequenceEqual(_rawReason))
        {
            if (reason.ContainsAny(NotInText))
            {
                throw new InvalidAnswerException("has a control character in its status line");
            }
            (_rawReason, _reason) = (reason.ToArray(), Encoding.Latin1.GetString(reason));
        }
    }

    private void ReadLines(ReadOnlySpan<byte> lines)
    {
        _lines.Clear();
        (_chunked, _length, KeepsAlive) = (false, null, !_http10);
        var named = false;
        for (var i = 0; !lines.IsEmpty; i++)
        {
            if (i == MaxLines)
            {
                throw new InvalidAnswerException("has too many headers");
            }
            var end = lines.IndexOf("\r\n"u8);
            var line = i < _known.Count && _known[i] is var same && lines[..end].SequenceEqual(same.Raw) ? same : Remember(i, lines[..end]);
            lines = lines[(end + 2)..];
            switch (line.Fate)
            {
                case HeaderFate.Passes or HeaderFate.Vary:
                    _lines.Add(line);
                    break;
                case HeaderFate.ContentLength:
                    SetLength(line.Raw.AsSpan("Content-Length:".Length).Trim(" \t"u8));
                    break;
                case HeaderFate.TransferEncoding:
                    SetEncoding(line.Value);
                    break;
                case HeaderFate.Connection:
                    named |= ReadOptions(line.Value);
                    break;
            }
        }
        if (_chunked && _length is not null)
        {
            throw new InvalidAnswerException("has a length and chunks");
        }
        if (named)
        {
            DropNamed();
        }
    }

    private HeaderLine Remember(int index, ReadOnlySpan<byte> raw)
    {
        var colon = raw.IndexOf((byte)':');
        if (colon <= 0 || HeaderCharacters.AreNotAllToken(raw[..colon]))
        {
            throw new InvalidAnswerException("has a header without a name");
        }
        var value = raw[(colon + 1)..].Trim(" \t"u8);
        if (value.ContainsAny(NotInText))
        {
            throw new InvalidAnswerException("has a control character in a header");
        }
        var (name, fate) = HeaderNames.Find(raw[..colon]);
        var line = new HeaderLine(raw.ToArray(), name, fate is HeaderFate.Dropped or HeaderFate.ContentLength ? "" : Encoding.Latin1.GetString(value), fate);
        if (index < _known.Count)
        {
            _known[index] = line;
        }
        else
        {
            _known.Add(line);
        }
        return line;
    }

    private void SetLength(ReadOnlySpan<byte> digits)
    {
        // Digits and nothing else, once.
        if (_length is not null || digits.IsEmpty || digits.Length > 18 || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            throw new InvalidAnswerException("has no single length");
        }
        var length = 0L;
        foreach (var digit in digits)
        {
            length = (length * 10) + (digit - '0');
        }
        _length = length;
    }

    private void SetEncoding(string encoding)
    {
        if (_chunked || _http10 || !encoding.Equals("chunked", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidAnswerException("has a transfer encoding other than chunked");
        }
        _chunked = true;
    }

    private bool ReadOptions(string options)
    {
        var named = false;
        foreach (var range in options.AsSpan().Split(','))
        {
            var option = options.AsSpan()[range].Trim();
            if (option.Equals("close", StringComparison.OrdinalIgnoreCase))
            {
                KeepsAlive = false;
            }
            else if (!option.Equals("keep-alive", StringComparison.OrdinalIgnoreCase))
            {
                named = true;
            }
            else if (_http10)
            {
                KeepsAlive = true;
            }
        }
        return named;
    }

    private void DropNamed()
    {
        foreach (var line in _known)
        {
            if (line.Fate == HeaderFate.Connection)
            {
                foreach (var option in line.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                {
                    _lines.RemoveAll(other => other.Name.Equals(option, StringComparison.OrdinalIgnoreCase));
                }
            }
        }
    }
}
