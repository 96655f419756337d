using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Wire;

/// <summary>One end of a connection, a client's or an upstream's, as bytes. What is sent is text of Latin-1.</summary>
internal sealed class WireConnection : IDisposable
{
    /// <summary>How long anything that must happen may take: far more than it does.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const int BufferBytes = 64 * 1024;

    private readonly Socket _socket;
    private readonly TimeSpan _patience;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;

    /// <summary>Takes a connected socket.</summary>
    /// <param name="socket">The socket; disposed with this.</param>
    /// <param name="patience">How long a read may wait.</param>
    public WireConnection(Socket socket, TimeSpan patience)
    {
        (_socket, _patience) = (socket, patience);
        _socket.NoDelay = true;
    }

    /// <summary>Whether the other side ended the connection by a reset.</summary>
    public bool WasReset { get; private set; }

    /// <summary>A client of a gateway.</summary>
    public static Task<WireConnection> ConnectAsync(ServiceHost gateway) => ConnectAsync(new Uri(gateway.Urls["gateway"]).Port);

    /// <summary>A client of a port of this machine.</summary>
    public static async Task<WireConnection> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new WireConnection(socket, Patience);
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes)..];
        }
    }

    /// <summary>Sends a request with the gateway's key, and a body where there is one.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="target">Request target.</param>
    /// <param name="headers">Further header lines, each with its CRLF.</param>
    /// <param name="body">Body; null for none.</param>
    public Task RequestAsync(string method, string target, string headers = "", string? body = null) => SendAsync(
        $"{method} {target} HTTP/1.1\r\nHost: gateway\r\nX-API-Key: {GatewayHost.Key}\r\n{headers}"
        + (body is null ? "\r\n" : $"Content-Length: {body.Length}\r\n\r\n{body}"));

    /// <summary>As <see cref="RequestAsync"/>, and reads the final answer; null where the connection ended without one.</summary>
    public async Task<WireMessage?> AskAsync(string method, string target, string headers = "", string? body = null)
    {
        await RequestAsync(method, target, headers, body);
        return await ReadFinalAsync(method == "HEAD");
    }

    /// <summary>Reads an answer after those of 1xx.</summary>
    public async Task<WireMessage?> ReadFinalAsync(bool ofHead = false)
    {
        while (true)
        {
            var answer = await ReadAsync(ofHead);
            if (answer is null || answer.Status is < 100 or >= 200)
            {
                return answer;
            }
        }
    }

    /// <summary>Reads a request or an answer; null at the end of the connection.</summary>
    public async Task<WireMessage?> ReadAsync(bool bodyless = false) =>
        await ReadHeadAsync() is { } head ? await ReadRestAsync(head, bodyless) : null;

    /// <summary>Reads what follows a head.</summary>
    public async Task<WireMessage> ReadRestAsync(WireMessage head, bool bodyless = false)
    {
        var (body, whole) = await ReadBodyAsync(head, bodyless);
        return head with { Body = body, IsWhole = whole };
    }

    /// <summary>Reads no more than a head; null at the end of the connection.</summary>
    public async Task<WireMessage?> ReadHeadAsync()
    {
        if (await ReadLineAsync() is not { } start)
        {
            return null;
        }
        var headers = new List<(string Name, string Value)>();
        while (await ReadLineAsync() is { } line)
        {
            if (line.Length == 0)
            {
                return new WireMessage(start, headers, "", true);
            }
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(colon < 0 ? ("?", line) : (line[..colon], line[(colon + 1)..].Trim(' ', '\t')));
        }
        return null;
    }

    /// <summary>Reads exactly this much, raw; less where the connection ends.</summary>
    public async Task<string> ReadTextAsync(long count)
    {
        var text = new StringBuilder();
        while (text.Length < count && (_start < _end || await FillAsync()))
        {
            var taken = (int)Math.Min(count - text.Length, _end - _start);
            text.Append(Encoding.Latin1.GetString(_buffer, _start, taken));
            _start += taken;
        }
        return text.ToString();
    }

    /// <summary>Reads and forgets up to this many bytes; returns how many there were.</summary>
    public async Task<long> SkipAsync(long count, Action<long>? progress = null)
    {
        long skipped = 0;
        while (skipped < count && (_start < _end || await FillAsync()))
        {
            var taken = (int)Math.Min(count - skipped, _end - _start);
            _start += taken;
            skipped += taken;
            progress?.Invoke(skipped);
        }
        return skipped;
    }

    /// <summary>Reads on until the other side has ended the connection.</summary>
    public Task<string> ReadToEndAsync() => ReadTextAsync(long.MaxValue);

    /// <summary>A line without its CRLF; null at the end of the connection.</summary>
    public async Task<string?> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (_start < _end || await FillAsync())
        {
            var feed = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var taken = feed < 0 ? _end - _start : feed + 1;
            line.Append(Encoding.Latin1.GetString(_buffer, _start, taken));
            _start += taken;
            if (feed >= 0)
            {
                return line.ToString().TrimEnd('\n').TrimEnd('\r');
            }
        }
        return null;
    }

    /// <summary>Ends the connection by a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    /// <summary>Tells the other side that no more comes.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => _socket.Dispose();

    private async Task<(string Body, bool Whole)> ReadBodyAsync(WireMessage head, bool bodyless)
    {
        var isAnswer = head.Start.StartsWith("HTTP/", StringComparison.Ordinal);
        if (bodyless || (isAnswer && head.Status is < 200 or 204 or 304))
        {
            return ("", true);
        }
        if (head.Header("Transfer-Encoding") is not null)
        {
            return await ReadChunksAsync();
        }
        if (head.Header("Content-Length") is { } length)
        {
            var count = long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;
            var body = await ReadTextAsync(count);
            return (body, body.Length == count);
        }
        return isAnswer ? (await ReadToEndAsync(), !WasReset) : ("", true);
    }

    private async Task<(string Body, bool Whole)> ReadChunksAsync()
    {
        var body = new StringBuilder();
        while (await ReadLineAsync() is { } line && int.TryParse(line, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size))
        {
            body.Append(await ReadTextAsync(size));
            var after = await ReadLineAsync();
            while (size == 0 && after?.Length > 0)
            {
                after = await ReadLineAsync();
            }
            if (after != "")
            {
                break;
            }
            if (size == 0)
            {
                return (body.ToString(), true);
            }
        }
        return (body.ToString(), false);
    }

    private async Task<bool> FillAsync()
    {
        using var limit = new CancellationTokenSource(_patience);
        try
        {
            (_start, _end) = (0, await _socket.ReceiveAsync(_buffer, limit.Token));
            return _end > 0;
        }
        catch (SocketException)
        {
            WasReset = true;
            return false;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException("The other side neither sent anything nor ended the connection.");
        }
    }
}
