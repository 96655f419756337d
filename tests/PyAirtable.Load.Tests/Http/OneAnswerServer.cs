using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PyAirtable.Load.Tests.Http;

/// <summary>Answers each request that ends with a given text by pieces, each sent by itself.</summary>
internal sealed class OneAnswerServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string[]> _answer;

    public OneAnswerServer(string requestEnd, Func<string, string[]> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync(requestEnd);
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public int Connections { get; private set; }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync(string requestEnd)
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync();
                Connections++;
                _ = Task.Run(() => ServeAsync(socket, requestEnd));
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket, string requestEnd)
    {
        using var closing = socket;
        socket.NoDelay = true;
        var (buffer, request) = (new byte[65536], new StringBuilder());
        while (await socket.ReceiveAsync(buffer) is > 0 and var count)
        {
            var received = Encoding.ASCII.GetString(buffer, 0, count);
            request.Append(received);
            if (received.EndsWith(requestEnd, StringComparison.Ordinal))
            {
                var pieces = _answer(request.ToString());
                request.Clear();
                foreach (var piece in pieces)
                {
                    await socket.SendAsync(Encoding.ASCII.GetBytes(piece));
                    await Task.Delay(5);
                }
                if (pieces.Length == 0)
                {
                    return;
                }
            }
        }
    }
}
