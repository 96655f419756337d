using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PyAirtable.Gateway.Tests.WebSockets;

/// <summary>A WebSocket by hand: frames as no client library would send them.</summary>
internal sealed class RawSocketClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient _client = new();
    private NetworkStream _stream = null!;

    public static async Task<RawSocketClient> ConnectAsync(GatewayHost gateway, string session = "s1", int? receiveBuffer = null)
    {
        var raw = new RawSocketClient();
        if (receiveBuffer is { } bytes)
        {
            raw._client.ReceiveBufferSize = bytes;
        }
        await raw._client.ConnectAsync(IPAddress.Loopback, gateway.Port);
        raw._stream = raw._client.GetStream();
        await raw._stream.WriteAsync(Encoding.ASCII.GetBytes(Handshake(session)));
        Assert.StartsWith("HTTP/1.1 101", await raw.ReadHeadAsync(), StringComparison.Ordinal);
        return raw;
    }

    public static string Handshake(string session, string version = "13", string key = "dGhlIHNhbXBsZSBub25jZQ==") =>
        $"GET /ws?session_id={session} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: {version}\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n";

    public static byte[] Text(string text) => Frame(0x81, Encoding.UTF8.GetBytes(text));

    public static byte[] Close(ushort code)
    {
        var payload = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(payload, code);
        return Frame(0x88, payload);
    }

    /// <summary>A frame with its first byte (FIN and opcode), masked with zeros.</summary>
    public static byte[] Frame(byte first, ReadOnlySpan<byte> payload)
    {
        var frame = new List<byte> { first };
        if (payload.Length < 126)
        {
            frame.Add((byte)(0x80 | payload.Length));
        }
        else if (payload.Length <= ushort.MaxValue)
        {
            frame.AddRange([0xFE, (byte)(payload.Length >> 8), (byte)payload.Length]);
        }
        else
        {
            frame.AddRange([0xFF, 0, 0, 0, 0, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length]);
        }
        frame.AddRange([0, 0, 0, 0]);
        frame.AddRange(payload);
        return [.. frame];
    }

    public Task SendAsync(params byte[][] frames) => _stream.WriteAsync(frames.SelectMany(frame => frame).ToArray()).AsTask().WaitAsync(Patience);

    /// <summary>The next frame, as <c>opcode payload</c> with a close's code in digits; <c>end</c> when the connection has ended.</summary>
    public async Task<string> ReceiveAsync()
    {
        try
        {
            var head = await ReadAsync(2);
            var length = head[1] & 0x7F;
            if (length == 126)
            {
                length = BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2));
            }
            else if (length == 127)
            {
                length = (int)BinaryPrimitives.ReadUInt64BigEndian(await ReadAsync(8));
            }
            var payload = await ReadAsync(length);
            return (head[0] & 0x0F) switch
            {
                8 when length >= 2 => $"close {BinaryPrimitives.ReadUInt16BigEndian(payload)} {Encoding.UTF8.GetString(payload, 2, length - 2)}".TrimEnd(),
                8 => "close",
                9 => "ping " + Encoding.UTF8.GetString(payload),
                10 => "pong " + Encoding.UTF8.GetString(payload),
                _ => Encoding.UTF8.GetString(payload),
            };
        }
        catch (IOException)
        {
            return "end";
        }
    }

    /// <summary>Reads to the end; true when there was one.</summary>
    public async Task<bool> EndsAsync()
    {
        for (var i = 0; i < 10_000; i++)
        {
            if (await ReceiveAsync() == "end")
            {
                return true;
            }
        }
        return false;
    }

    public void Dispose() => _client.Dispose();

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(Patience);
        return bytes;
    }

    private async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)(await ReadAsync(1))[0]);
        }
        return head.ToString();
    }
}
