using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PyAirtable.Gateway.Tests;

/// <summary>Bytes to a port of this machine, and all that comes back until the other side closes.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly int _port;

    public RawConnection(int port) => _port = port;

    public async Task<string> SendAsync(string request)
    {
        await _socket.ConnectAsync(IPAddress.Loopback, _port);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(request));
        var all = new StringBuilder();
        var buffer = new byte[8192];
        try
        {
            for (int read; (read = await _socket.ReceiveAsync(buffer)) > 0;)
            {
                all.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // Reset: what came before counts.
        }
        return all.ToString();
    }

    public void Dispose() => _socket.Dispose();
}
