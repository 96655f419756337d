using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PyAirtable.Gateway.Tests;

/// <summary>An upstream that a test plays by hand: one request, whose answer it sends piece by piece.</summary>
internal sealed class StreamingUpstream : IDisposable
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private Socket? _socket;

    public StreamingUpstream() => _listener.Start();

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Waits for the request, and begins the answer.</summary>
    public async Task BeginAsync(CancellationToken cancel)
    {
        _socket = await _listener.AcceptSocketAsync(cancel);
        await _socket.ReceiveAsync(new byte[8192], cancel);
        await _socket.SendAsync(Encoding.ASCII.GetBytes(Head), cancel);
    }

    /// <summary>Sends a piece; an empty one ends the answer.</summary>
    public async Task SendAsync(string piece, CancellationToken cancel) =>
        await _socket!.SendAsync(Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetByteCount(piece):x}\r\n{piece}\r\n"), cancel);

    /// <summary>Waits until the gateway has hung up.</summary>
    public async Task WaitForHangUpAsync(CancellationToken cancel)
    {
        var buffer = new byte[8192];
        try
        {
            while (await _socket!.ReceiveAsync(buffer, cancel) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Reset.
        }
    }

    /// <summary>Ends the connection, whatever is still to come.</summary>
    public void HangUp() => _socket!.Dispose();

    public void Dispose()
    {
        _socket?.Dispose();
        _listener.Dispose();
    }
}
