using System.Buffers;
using System.Text;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Http1;
using PyAirtable.Hosting.Tracing;

namespace PyAirtable.Gateway.FastPath;

/// <summary>
/// The head of a request on one of the plain proxy routes, read where it lies. Only what cannot be read in two ways is usual:
/// HTTP/1.1, one host, a plain path, a length or no body, no header that needs thought. So is a handshake for the gateway's own
/// WebSockets. One per connection, read anew for each request. Which headers go on is what <see cref="RequestHeaders"/> says.
/// </summary>
internal sealed class FastHead(FastPathOptions options)
{
    private const int MaxBytes = 16 * 1024;
    private const int UsualPieces = 4;
    private const int MaxPieces = 64;
    private const int MaxLines = 100;

    private static readonly SearchValues<byte> HostBytes = SearchValues.Create("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);
    private static readonly SearchValues<byte> UnplainInPath = SearchValues.Create("%\\;#?"u8);
    private static readonly SearchValues<byte> UnplainInQuery = SearchValues.Create("#"u8);
    private static readonly SearchValues<byte> NotInText = SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    private Slice[] _passing = new Slice[UsualPieces];
    private int _pieces;
    private bool _hasConnection;
    private bool _hasTraceContext;

    /// <summary>Method.</summary>
    public string Method { get; private set; } = "";

    /// <summary>Where it goes.</summary>
    public FastRoute Route { get; private set; } = null!;

    /// <summary>Path at the upstream, with the query.</summary>
    public Slice Target { get; private set; }

    /// <summary>Bytes of the head.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes of the body.</summary>
    public int ContentLength { get; private set; }

    /// <summary>What is usual.</summary>
    public FastPathOptions Options { get; set; } = options;

    /// <summary>Whether the peer is believed whom it speaks for.</summary>
    public bool TrustsForwarded { get; set; }

    /// <summary>Whether the client wants the connection to end with the answer.</summary>
    public bool Closes { get; private set; }

    /// <summary>Lines that go to the upstream as they are, pieces of several where they stand side by side.</summary>
    public ReadOnlySpan<Slice> Passing => _passing.AsSpan(0, _pieces);

    /// <summary>Value of <c>Host</c>.</summary>
    public Slice Host { get; private set; }

    /// <summary>Value of <c>X-API-Key</c>.</summary>
    public Slice ApiKey { get; private set; }

    /// <summary>Value of <c>X-Trace-ID</c>; not set where it has to be made.</summary>
    public Slice TraceId { get; private set; }

    /// <summary>Value of <c>X-Request-ID</c>; not set where it has to be made.</summary>
    public Slice RequestId { get; private set; }

    /// <summary>Value of <c>X-Forwarded-For</c>, where it counts.</summary>
    public Slice ForwardedFor { get; private set; }

    /// <summary>Whether the client's <c>X-Forwarded-Proto</c> counts.</summary>
    public bool HasForwardedProto { get; private set; }

    /// <summary>Whether the client's <c>X-Forwarded-Host</c> counts.</summary>
    public bool HasForwardedHost { get; private set; }

    /// <summary>The handshake, where it is one.</summary>
    public FastHandshake? Handshake { get; private set; }

    /// <summary>Reads a head from the start of <paramref name="bytes"/>.</summary>
    public HeadVerdict Read(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0 || end > MaxBytes)
        {
            // What cannot become usual any more is not waited for.
            return end < 0 && bytes.Length < MaxBytes && LooksLikeMethod(bytes) ? HeadVerdict.Incomplete : HeadVerdict.Unusual;
        }
        Length = end + 4;
        (_pieces, ContentLength, Closes, HasForwardedHost, HasForwardedProto) = (0, 0, false, false, false);
        (_hasConnection, _hasTraceContext) = (false, false);
        Host = ApiKey = TraceId = RequestId = ForwardedFor = default;
        Handshake = null;
        var line = bytes.IndexOf("\r\n"u8);
        if (!ReadRequestLine(bytes[..line]) || !ReadLines(bytes[..(end + 2)], line + 2) || !Host.IsSet)
        {
            return HeadVerdict.Unusual;
        }
        return Handshake is null ? HeadVerdict.Usual : Handshake.IsWhole ? HeadVerdict.Handshake : HeadVerdict.Unusual;
    }

    private static bool LooksLikeMethod(ReadOnlySpan<byte> bytes) => bytes.IsEmpty || (bytes[0] is >= (byte)'A' and <= (byte)'Z' && !bytes.StartsWith("PRI"u8));

    private bool ReadRequestLine(ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        if (space < 0 || !line.EndsWith(" HTTP/1.1"u8) || line.Length <= space + " HTTP/1.1".Length || FindMethod(line[..space]) is not { } method)
        {
            return false;
        }
        Method = method;
        var target = line[(space + 1)..^" HTTP/1.1".Length];
        if (target.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            return false;
        }
        if (Options.FindRoute(target) is not { } route)
        {
            return BeginHandshake(target);
        }
        Route = route;
        var query = target.IndexOf((byte)'?');
        var path = query < 0 ? target : target[..query];
        Target = new Slice(space + 1 + route.Prefix.Length, target.Length - route.Prefix.Length);
        return !path.ContainsAny(UnplainInPath) && path.IndexOf("/."u8) < 0 && (query < 0 || IsPlainQuery(target[(query + 1)..]));
    }

    private bool BeginHandshake(ReadOnlySpan<byte> target)
    {
        if (Method != "GET" || !target.StartsWith(FastHandshake.Target) || target.Contains((byte)'#'))
        {
            return false;
        }
        Handshake = new FastHandshake(Encoding.Latin1.GetString(target[(FastHandshake.Target.Length - 1)..]));
        return true;
    }

    // A key in the query has to be looked for and taken out; its name might be encoded.
    private static bool IsPlainQuery(ReadOnlySpan<byte> query)
    {
        if (query.ContainsAny(UnplainInQuery))
        {
            return false;
        }
        foreach (var range in query.Split((byte)'&'))
        {
            var pair = query[range];
            var equals = pair.IndexOf((byte)'=');
            var name = equals < 0 ? pair : pair[..equals];
            if (name.Contains((byte)'%') || name.SequenceEqual("api_key"u8))
            {
                return false;
            }
        }
        return true;
    }

    private bool ReadLines(ReadOnlySpan<byte> head, int at)
    {
        for (var lines = 0; at < head.Length; lines++)
        {
            if (lines == MaxLines)
            {
                return false;
            }
            var length = head[at..].IndexOf("\r\n"u8);
            var line = head.Slice(at, length);
            var colon = line.IndexOf((byte)':');
            if (colon <= 0 || HeaderCharacters.AreNotAllToken(line[..colon]))
            {
                return false;
            }
            var value = line[(colon + 1)..].Trim((byte)' ');
            if (value.ContainsAny(NotInText))
            {
                return false;
            }
            var valueAt = at + colon + 1 + (value.IsEmpty ? 0 : line[(colon + 1)..].IndexOfAnyExcept((byte)' '));
            switch (Sort(line[..colon], value, new Slice(valueAt, value.Length)))
            {
                case LineFate.Passes when !Pass(at, length + 2):
                case LineFate.NeedsThought:
                    return false;
            }
            at += length + 2;
        }
        return true;
    }

    private bool Pass(int start, int length)
    {
        if (_pieces > 0 && _passing[_pieces - 1] is var last && last.Start + last.Length == start)
        {
            _passing[_pieces - 1] = new Slice(last.Start, last.Length + length);
            return true;
        }
        if (_pieces == MaxPieces)
        {
            return false;
        }
        if (_pieces == _passing.Length)
        {
            Array.Resize(ref _passing, 2 * _pieces);
        }
        _passing[_pieces++] = new Slice(start, length);
        return true;
    }

    private LineFate Sort(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Slice at)
    {
        if (Handshake is not null && !Is(name, "Host"u8))
        {
            return Handshake.Sort(name, value, at);
        }
        switch (name.Length)
        {
            case 2 when Is(name, "TE"u8):
            case 6 when Is(name, "Origin"u8) || Is(name, "Expect"u8):
            case 7 when Is(name, "Upgrade"u8) || Is(name, "Trailer"u8):
            case 10 when Is(name, "Keep-Alive"u8):
            case 14 when Is(name, "HTTP2-Settings"u8):
            case 16 when Is(name, "Proxy-Connection"u8) || Is(name, "X-Content-Length"u8):
            case 17 when Is(name, "Transfer-Encoding"u8):
            case 18 when Is(name, "Proxy-Authenticate"u8):
            case 19 when Is(name, "Proxy-Authorization"u8):
                return LineFate.NeedsThought;
            case 4 when Is(name, "Host"u8):
                return TakeHost(value, at);
            case 9 when Is(name, "X-API-Key"u8):
                return TakeKey(value, at);
            case 9 when Is(name, "Forwarded"u8) || Is(name, "X-Real-IP"u8):
                return TrustsForwarded ? LineFate.Passes : LineFate.Stays;
            case 10 when Is(name, "Connection"u8):
                var again = _hasConnection;
                (_hasConnection, Closes) = (true, Is(value, "close"u8));
                return !again && (Closes || Is(value, "keep-alive"u8)) ? LineFate.Stays : LineFate.NeedsThought;
            case 10 when Is(name, "X-Trace-ID"u8):
                var isTrace = !TraceId.IsSet && !value.IsEmpty;
                TraceId = at;
                return isTrace ? LineFate.Passes : LineFate.NeedsThought;
            case 13 when Is(name, "X-Cutover-Key"u8):
            case 14 when Is(name, "X-Cutover-Side"u8):
            case 16 when Is(name, "X-Cutover-Shadow"u8):
                return LineFate.Stays;
            case 12 when Is(name, "X-Request-ID"u8):
                var isRequest = !RequestId.IsSet && !value.IsEmpty;
                RequestId = at;
                return isRequest ? LineFate.Passes : LineFate.NeedsThought;
            case 10 when Is(name, "tracestate"u8):
                return LineFate.NeedsThought;
            case 11 when Is(name, "traceparent"u8):
                var isFirst = !_hasTraceContext;
                _hasTraceContext = true;
                return isFirst && IsTraceContext(value) ? LineFate.Passes : LineFate.NeedsThought;
            case 14 when Is(name, "Content-Length"u8):
                return TakeLength(value);
            case 15 when Is(name, "Accept-Encoding"u8):
                return Options.Compresses && !value.IsEmpty && !Is(value, "identity"u8) ? LineFate.NeedsThought : LineFate.Passes;
            case 15 when Is(name, "X-Forwarded-For"u8):
                return TakeForwardedFor(value, at);
            case 16 when Is(name, "X-Forwarded-Host"u8):
                var host = HasForwardedHost;
                HasForwardedHost = TrustsForwarded;
                return !HasForwardedHost ? LineFate.Stays : host || value.IsEmpty ? LineFate.NeedsThought : LineFate.Passes;
            case 17 when Is(name, "X-Forwarded-Proto"u8):
                var proto = HasForwardedProto;
                HasForwardedProto = TrustsForwarded;
                return !HasForwardedProto ? LineFate.Stays : proto || value.IsEmpty ? LineFate.NeedsThought : LineFate.Passes;
            case > 12 when !TrustsForwarded && Is(name[..12], "X-Forwarded-"u8):
                return LineFate.Stays;
            default:
                return LineFate.Passes;
        }
    }

    private LineFate TakeHost(ReadOnlySpan<byte> value, Slice at)
    {
        if (Host.IsSet || !IsPlainHost(value))
        {
            return LineFate.NeedsThought;
        }
        Host = at;
        return LineFate.Stays;
    }

    // A name or IPv4 address, perhaps with a port.
    private static bool IsPlainHost(ReadOnlySpan<byte> value)
    {
        var colon = value.IndexOf((byte)':');
        var name = colon < 0 ? value : value[..colon];
        return !name.IsEmpty && !name.ContainsAnyExcept(HostBytes)
            && (colon < 0 || (value.Length - colon is > 1 and <= 6 && !value[(colon + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9')));
    }

    private LineFate TakeKey(ReadOnlySpan<byte> value, Slice at)
    {
        if (ApiKey.IsSet || value.IsEmpty)
        {
            return LineFate.NeedsThought;
        }
        ApiKey = at;
        return Options.ReplacesKey ? LineFate.Stays : LineFate.Passes;
    }

    private LineFate TakeLength(ReadOnlySpan<byte> value)
    {
        if (ContentLength != 0 || value.IsEmpty || value.Length > 6 || value[0] == '0' || value.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return LineFate.NeedsThought;
        }
        foreach (var digit in value)
        {
            ContentLength = (ContentLength * 10) + (digit - '0');
        }
        return ContentLength <= Options.MaxBodyBytes ? LineFate.Passes : LineFate.NeedsThought;
    }

    private LineFate TakeForwardedFor(ReadOnlySpan<byte> value, Slice at)
    {
        if (!TrustsForwarded)
        {
            return LineFate.Stays;
        }
        if (ForwardedFor.IsSet || value.IsEmpty)
        {
            return LineFate.NeedsThought;
        }
        ForwardedFor = at;
        return LineFate.Stays;
    }

    private static bool IsTraceContext(ReadOnlySpan<byte> value)
    {
        Span<char> text = stackalloc char[TraceParent.Length];
        return value.Length == TraceParent.Length
            && TraceParent.TryParse(text[..Encoding.Latin1.GetChars(value, text)], out _);
    }

    private static string? FindMethod(ReadOnlySpan<byte> method) => method.Length switch
    {
        3 when method.SequenceEqual("GET"u8) => "GET",
        3 when method.SequenceEqual("PUT"u8) => "PUT",
        4 when method.SequenceEqual("POST"u8) => "POST",
        4 when method.SequenceEqual("HEAD"u8) => "HEAD",
        5 when method.SequenceEqual("PATCH"u8) => "PATCH",
        6 when method.SequenceEqual("DELETE"u8) => "DELETE",
        _ => null,
    };

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> expected) => Ascii.EqualsIgnoreCase(text, expected);
}
