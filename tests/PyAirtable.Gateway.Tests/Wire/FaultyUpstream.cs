using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PyAirtable.Gateway.Tests.Wire;

/// <summary>An upstream that does with its connections what a script says, however wrong; a connection ends with its script.</summary>
internal sealed class FaultyUpstream : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<WireConnection> _connections = [];
    private readonly Func<WireConnection, Task> _script;
    private readonly Task _accepting;
    private int _accepted;

    /// <summary>Listens.</summary>
    /// <param name="script">What is done with each connection.</param>
    public FaultyUpstream(Func<WireConnection, Task> script)
    {
        _script = script;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        _accepting = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}";

    /// <summary>Connections so far.</summary>
    public int Connections => Volatile.Read(ref _accepted);

    /// <summary>Answers every request with the same text, and keeps its connections.</summary>
    public static FaultyUpstream Saying(string answer) => new(async connection =>
    {
        while (await connection.ReadAsync() is not null)
        {
            await connection.SendAsync(answer);
        }
    });

    /// <summary>An upstream that reads whatever comes and says nothing.</summary>
    public static FaultyUpstream Silent() => new(static connection => connection.ReadToEndAsync());

    /// <summary>A whole answer with a length.</summary>
    public static string Reply(string body, string headers = "", string status = "200 OK") =>
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = new WireConnection(await _listener.AcceptAsync(_stop.Token), Timeout.InfiniteTimeSpan);
                _connections.Add(connection);
                Interlocked.Increment(ref _accepted);
                _ = ServeAsync(connection);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(WireConnection connection)
    {
        using (connection)
        {
            try
            {
                await _script(connection);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The gateway hung up, or the test is over.
            }
        }
    }
}
