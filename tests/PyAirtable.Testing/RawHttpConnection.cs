using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PyAirtable.Testing;

/// <summary>One kept-alive HTTP/1.1 connection without a client library's retries: what happens on the wire is what the test sees.</summary>
public sealed class RawHttpConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _filled;

    /// <summary>Answers read in full.</summary>
    public int Answers { get; private set; }

    /// <summary>Connects to a port of this machine; false when it is refused.</summary>
    public async Task<bool> ConnectAsync(int port)
    {
        try
        {
            await _socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Sends a request and reads its answer, which must have a <c>Content-Length</c>; null when the connection ended before
    /// the answer was complete.</summary>
    public async Task<RawAnswer?> SendAsync(ReadOnlyMemory<byte> request)
    {
        try
        {
            await _socket.SendAsync(request);
            _filled = 0;
            int headEnd;
            while ((headEnd = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
            {
                if (!await FillAsync())
                {
                    return null;
                }
            }
            var head = Encoding.ASCII.GetString(_buffer, 0, headEnd);
            var length = int.Parse(Header(head, "content-length") ?? "0", CultureInfo.InvariantCulture);
            while (_filled < headEnd + 4 + length)
            {
                if (!await FillAsync())
                {
                    return null;
                }
            }
            Answers++;
            return new RawAnswer(
                int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture),
                string.Equals(Header(head, "connection"), "close", StringComparison.OrdinalIgnoreCase),
                Encoding.UTF8.GetString(_buffer, headEnd + 4, length));
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static string? Header(string head, string name) => head.Split("\r\n")
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .FirstOrDefault();

    private async Task<bool> FillAsync()
    {
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled));
        _filled += read;
        return read > 0;
    }
}
