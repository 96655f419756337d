using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Mcp.Protocol.Streams;

/// <summary>
/// A connection that only carries events from now on: no HTTP server and no request stands behind it, and no buffer, so that it costs little while
/// nothing is said.
/// </summary>
internal sealed class HeldConnection
{
    private const long SendMilliseconds = 60_000;
    private static readonly byte[] LastChunk = "0\r\n\r\n"u8.ToArray();

    // What a client says here is not looked at, so that all may write it to one place.
    private static readonly byte[] Anything = new byte[1024];

    private readonly StreamSocket _socket;
    private readonly SocketStream _stream;
    private byte[]? _head;

    private HeldConnection(StreamSocket socket, SocketStream stream, byte[] head) => (_socket, _stream, _head) = (socket, stream, head);

    /// <summary>Takes the connection of a request and answers with the head as it is set; false where it cannot be taken.</summary>
    /// <param name="http">The request; its handler returns after this.</param>
    /// <param name="now">For the answer's date.</param>
    /// <param name="events">What is read.</param>
    /// <param name="seen">Number of the last event that the client has.</param>
    /// <param name="primes">Whether the client is told first from where it can resume.</param>
    public static bool TryTake(HttpContext http, DateTimeOffset now, EventStream events, int seen, bool primes)
    {
        if (ConnectionTakeover.Of(http) is not { } takeover || http.Features.Get<SocketConnection>() is not { } connection)
        {
            return false;
        }
        var head = Head(http.Response, now);
        takeover.Begin(http, stream => new HeldConnection(connection.Socket, stream, head).HoldAsync(events, seen, primes));
        return true;
    }

    private static byte[] Head(HttpResponse response, DateTimeOffset now)
    {
        var text = new StringBuilder("HTTP/1.1 200 OK\r\n");
        foreach (var (name, values) in response.Headers)
        {
            foreach (var value in values)
            {
                text.Append(name).Append(": ").Append(value).Append("\r\n");
            }
        }
        text.Append(CultureInfo.InvariantCulture, $"Date: {now:R}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private async Task HoldAsync(EventStream events, int seen, bool primes)
    {
        var reader = new EventReader(seen, primes, SendAsync);
        if (!events.TryRead(reader))
        {
            return;
        }
        var watching = WatchAsync(reader);
        var isWhole = await reader.Finished;
        events.Leave(reader);
        if (isWhole)
        {
            await EndAsync();
        }
        await _stream.DisposeAsync();
        await watching;
    }

    private async Task WatchAsync(EventReader reader)
    {
        try
        {
            while (await _stream.ReadAsync(Anything) > 0)
            {
            }
        }
        catch (Exception gone) when (gone is IOException or TimeoutException or ObjectDisposedException)
        {
            // It has gone.
        }
        reader.Finish(isWhole: false);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        var size = bytes.IsEmpty ? "" : bytes.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n";
        byte[] all = [.. _head ?? [], .. Encoding.ASCII.GetBytes(size), .. bytes.Span, .. bytes.IsEmpty ? ""u8 : "\r\n"u8];
        _head = null;
        _socket.SetDeadline(Environment.TickCount64 + SendMilliseconds);
        await _stream.WriteAsync(all);
        _socket.SetDeadline(0);
    }

    private async Task EndAsync()
    {
        try
        {
            await _stream.WriteAsync(LastChunk);
        }
        catch (Exception gone) when (gone is IOException or TimeoutException or ObjectDisposedException)
        {
            // It has gone first.
        }
    }
}
