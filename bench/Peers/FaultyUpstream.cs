using System.Net;
using System.Net.Sockets;

namespace PyAirtable.Bench.Peers;

/// <summary>An upstream that does wrong what it is told to, on a port of its own.</summary>
internal sealed class FaultyUpstream : IDisposable
{
    private static readonly TimeSpan Drip = TimeSpan.FromMilliseconds(100);

    private readonly Socket? _listener;
    private readonly Func<Socket, Task> _serve;

    private FaultyUpstream(Func<Socket, Task>? serve)
    {
        _serve = serve ?? (static _ => Task.CompletedTask);
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        if (serve is null)
        {
            listener.Dispose();
            return;
        }
        listener.Listen(512);
        _listener = listener;
        _ = AcceptAsync(listener);
    }

    /// <summary>The kinds, by name.</summary>
    public static IReadOnlyList<(string Name, Func<FaultyUpstream> Start)> Kinds { get; } =
    [
        ("refuses connections", () => new FaultyUpstream(null)),
        ("never answers", () => new FaultyUpstream(static _ => Task.Delay(Timeout.Infinite))),
        ("answers byte by byte", () => new FaultyUpstream(DripAsync)),
        ("resets in the body", () => new FaultyUpstream(ResetAsync)),
        ("sends garbage", () => new FaultyUpstream(static async socket => await socket.SendAsync(new byte[16 * 1024]))),
    ];

    /// <summary>Where it is on 127.0.0.1.</summary>
    public int Port { get; }

    public void Dispose() => _listener?.Dispose();

    private static async Task DripAsync(Socket socket)
    {
        foreach (var letter in "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"u8.ToArray())
        {
            await socket.SendAsync(new[] { letter });
            await Task.Delay(Drip);
        }
        while (true)
        {
            await socket.SendAsync("x"u8.ToArray());
            await Task.Delay(Drip);
        }
    }

    private static async Task ResetAsync(Socket socket)
    {
        await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nhalf"u8.ToArray());
        socket.LingerState = new LingerOption(true, 0);
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is disposed.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await socket.ReceiveAsync(new byte[4096]);
            await _serve(socket);
        }
        catch (SocketException)
        {
            // The gateway has given up.
        }
        finally
        {
            socket.Dispose();
        }
    }
}
