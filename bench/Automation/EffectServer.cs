using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PyAirtable.Bench.Automation;

/// <summary>What workflows change outside: it counts requests by their idempotency key, and tells of each before and after its answer.</summary>
internal sealed class EffectServer : IAsyncDisposable
{
    private static readonly byte[] Answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{\"ok\":true}");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public EffectServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Requests by key.</summary>
    public ConcurrentDictionary<string, int> Effects { get; } = new();

    /// <summary>Called with a request's key before it is answered (false) and after (true).</summary>
    public Action<string, bool>? Heard { get; set; }

    /// <summary>A workflow of so many steps, each of which asks this server.</summary>
    public string Steps(int count) => $"[{string.Join(',', Enumerable.Repeat($$$"""{"type":"http_request","url":"{{{Address}}}","method":"POST","data":{"n":1}}""", count))}]";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                _ = AnswerAsync(socket);
            }
        }
        catch (OperationCanceledException)
        {
            // The bench is over.
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        using var closing = socket;
        try
        {
            var buffer = new byte[8192];
            var filled = 0;
            string head;
            while (!(head = Encoding.ASCII.GetString(buffer, 0, filled)).Contains("\r\n\r\n", StringComparison.Ordinal) || !head.EndsWith('}'))
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
                if (read == 0)
                {
                    return;
                }
                filled += read;
            }
            var key = head.Split("\r\n").First(line => line.StartsWith("Idempotency-Key:", StringComparison.OrdinalIgnoreCase))["Idempotency-Key:".Length..].Trim();
            Effects.AddOrUpdate(key, 1, static (_, count) => count + 1);
            Heard?.Invoke(key, false);
            await socket.SendAsync(Answer);
            Heard?.Invoke(key, true);
        }
        catch (SocketException)
        {
            // The service was killed.
        }
    }
}
