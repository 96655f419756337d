using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;

namespace PyAirtable.Gateway.FastPath;

/// <summary>A handshake for the gateway's own WebSockets in usual form (RFC 6455, 4.1): what the server would take, said in one way only.</summary>
/// <param name="query">The target's query, with its question mark.</param>
internal sealed class FastHandshake(string query)
{
    private const int KeyBytes = 24;
    private const int NonceBytes = 16;

    private Slice _key;
    private bool _connects;
    private bool _upgrades;
    private bool _hasVersion;

    /// <summary>How its target begins.</summary>
    public static ReadOnlySpan<byte> Target => "/ws?"u8;

    /// <summary>The target's query, with its question mark.</summary>
    public string Query => query;

    /// <summary>Value of <c>X-Trace-ID</c>; not set where it has to be made.</summary>
    public Slice TraceId { get; private set; }

    /// <summary>Whether all that makes it a handshake was there.</summary>
    public bool IsWhole => _connects && _upgrades && _hasVersion && _key.IsSet;

    private static ReadOnlySpan<byte> Guid => "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8;

    /// <summary>Takes a header line other than <c>Host</c>. Most of what clients send says nothing to a WebSocket, their origin included.</summary>
    public LineFate Sort(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Slice at)
    {
        switch (name.Length)
        {
            case 6 when Is(name, "Expect"u8):
            case 14 when Is(name, "Content-Length"u8) || Is(name, "HTTP2-Settings"u8):
            case 17 when Is(name, "Transfer-Encoding"u8):
                return LineFate.NeedsThought;
            case 7 when Is(name, "Upgrade"u8):
                return TakeOnce(ref _upgrades, Is(value, "websocket"u8));
            case 10 when Is(name, "Connection"u8):
                return TakeOnce(ref _connects, Is(value, "Upgrade"u8) || Is(value, "keep-alive, Upgrade"u8));
            case 21 when Is(name, "Sec-WebSocket-Version"u8):
                return TakeOnce(ref _hasVersion, value.SequenceEqual("13"u8));
            case 17 when Is(name, "Sec-WebSocket-Key"u8):
                var isKey = !_key.IsSet && IsKey(value);
                _key = at;
                return isKey ? LineFate.Stays : LineFate.NeedsThought;
            case 10 when Is(name, "X-Trace-ID"u8):
                var isTrace = !TraceId.IsSet && !value.IsEmpty;
                TraceId = at;
                return isTrace ? LineFate.Stays : LineFate.NeedsThought;
            default:
                return LineFate.Stays;
        }
    }

    /// <summary>Writes the answer, as the server does (RFC 6455, 4.2.2).</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="input">What the handshake was read from.</param>
    public void WriteAnswer(PipeWriter writer, ReadOnlySpan<byte> input)
    {
        Span<byte> text = stackalloc byte[KeyBytes + Guid.Length];
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        _key.Of(input).CopyTo(text);
        Guid.CopyTo(text[KeyBytes..]);
#pragma warning disable CA5350 // The protocol's choice; nothing is secret here.
        SHA1.HashData(text, hash);
#pragma warning restore CA5350
        Base64.EncodeToUtf8(hash, text, out _, out var written);

        var to = new ByteCursor(writer.GetSpan(256));
        to.Add("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"u8);
        to.Add(DateLine.Current);
        to.Add("Upgrade: websocket\r\nSec-WebSocket-Accept: "u8);
        to.Add(text[..written]);
        to.Add("\r\n\r\n"u8);
        writer.Advance(to.Written);
    }

    private static LineFate TakeOnce(ref bool seen, bool isRight)
    {
        var again = seen;
        seen = true;
        return isRight && !again ? LineFate.Stays : LineFate.NeedsThought;
    }

    private static bool IsKey(ReadOnlySpan<byte> value)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes + 2];
        return value.Length == KeyBytes && Base64.DecodeFromUtf8(value, nonce, out _, out var written) == OperationStatus.Done && written == NonceBytes;
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> expected) => Ascii.EqualsIgnoreCase(text, expected);
}
