using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PyAirtable.Gateway.Tests;

/// <summary>An upstream on a loopback socket that records what arrives byte for byte, and answers as a test tells it.</summary>
internal sealed class StubUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public StubUpstream()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public ConcurrentQueue<StubRequest> Seen { get; } = new();

    /// <summary>Gives the bytes of the answer; null keeps silent, an empty array closes.</summary>
    public Func<StubRequest, byte[]?> Answer { get; set; } = static _ => Reply("200 OK", "{\"ok\":true}");

    /// <summary>Whether a connection ends after its first answer.</summary>
    public bool HangsUp { get; set; }

    public StubRequest Last => Seen.Last();

    public static byte[] Reply(string status, string body, params string[] headers)
    {
        var lines = headers.Append("Content-Type: application/json").Append($"Content-Length: {Encoding.UTF8.GetByteCount(body)}");
        return Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\n{string.Join("\r\n", lines)}\r\n\r\n{body}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                var stream = new BufferedStream(connection.GetStream());
                while (await ReadAsync(stream) is { } request)
                {
                    Seen.Enqueue(request);
                    if (Answer(request) is not { } answer)
                    {
                        await Task.Delay(Timeout.Infinite, _stop.Token);
                        return;
                    }
                    if (answer.Length == 0)
                    {
                        return;
                    }
                    await stream.WriteAsync(answer, _stop.Token);
                    await stream.FlushAsync(_stop.Token);
                    if (HangsUp)
                    {
                        return;
                    }
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The gateway hung up, or the test is over.
            }
        }
    }

    private async Task<StubRequest?> ReadAsync(Stream stream)
    {
        if (await ReadLineAsync(stream) is not { Length: > 0 } start)
        {
            return null;
        }
        var headers = new List<(string Name, string Value)>();
        while (await ReadLineAsync(stream) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add((line[..colon], line[(colon + 1)..].Trim()));
        }
        var parts = start.Split(' ');
        var head = new StubRequest(parts[0], parts[1], headers, []);
        return head.Header("Transfer-Encoding") is not null
            ? head with { Body = await ReadChunksAsync(stream) }
            : head with { Body = await ReadBytesAsync(stream, int.Parse(head.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture)) };
    }

    private async Task<byte[]> ReadChunksAsync(Stream stream)
    {
        using var body = new MemoryStream();
        while (true)
        {
            var size = int.Parse((await ReadLineAsync(stream))!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Write(await ReadBytesAsync(stream, size));
            await ReadLineAsync(stream);
            if (size == 0)
            {
                return body.ToArray();
            }
        }
    }

    private async Task<byte[]> ReadBytesAsync(Stream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, _stop.Token);
        return bytes;
    }

    private async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString(line.ToArray()).TrimEnd('\r');
            }
            line.Add(one[0]);
        }
        return null;
    }
}
