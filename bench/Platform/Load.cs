using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PyAirtable.Bench.Platform;

/// <summary>Sends events over kept-alive connections and takes the time of each answer.</summary>
internal sealed class Load(LoadOptions options)
{
    private readonly byte[] _request = Request(options.EventsPerRequest);
    private readonly List<double> _latencies = [];
    private long _stored;
    private long _errors;

    /// <summary>Runs it to its end.</summary>
    public async Task<LoadReport> RunAsync()
    {
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(number => Task.Run(() => SendAsync(number, began))));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        _latencies.Sort();
        return new LoadReport(_stored, _errors, seconds, At(0.5), At(0.99));
    }

    private static byte[] Request(int events)
    {
        var one = """{"event_type":"page_view","event_data":{"path":"/home","referrer":"https://example.com/"},"user_id":7,"session_id":"0b9c3f0e-5c0e-4a53-9a0f-0d3f3c2f1a11"}""";
        var body = events == 1 ? one : $$"""{"events":[{{string.Join(',', Enumerable.Repeat(one, events))}}]}""";
        return Encoding.ASCII.GetBytes(
            $"POST /analytics/events{(events == 1 ? "" : "/batch")} HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {PlatformProcess.Key}\r\nX-Forwarded-For: 203.0.113.9\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    private double At(double share) => _latencies.Count == 0 ? double.NaN : _latencies[(int)((_latencies.Count - 1) * share)];

    private async Task SendAsync(int number, long began)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, options.Port);
        var answer = new byte[4096];
        List<double> latencies = [];
        var (stored, errors) = (0L, 0L);
        var pause = options.Rate == 0 ? 0 : (double)options.Connections / options.Rate;
        var limit = TimeSpan.FromSeconds(options.Seconds);
        for (var turn = 0L; ; turn++)
        {
            var due = TimeSpan.FromSeconds((turn + ((double)number / options.Connections)) * pause);
            if (due > limit || (pause == 0 && Stopwatch.GetElapsedTime(began) > limit))
            {
                break;
            }

            if (due - Stopwatch.GetElapsedTime(began) is { TotalMilliseconds: >= 1 } early)
            {
                await Task.Delay(early);
            }

            // A request that could not be sent in time counts from when it was due.
            var from = pause == 0 ? Stopwatch.GetElapsedTime(began) : due;
            if (await ExchangeAsync(socket, answer))
            {
                stored += options.EventsPerRequest;
            }
            else
            {
                errors++;
            }

            latencies.Add((Stopwatch.GetElapsedTime(began) - from).TotalMilliseconds);
        }

        lock (_latencies)
        {
            _latencies.AddRange(latencies);
            _stored += stored;
            _errors += errors;
        }
    }

    private async ValueTask<bool> ExchangeAsync(Socket socket, byte[] answer)
    {
        await socket.SendAsync(_request);
        var filled = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(filled));
            filled += read;
            if (read == 0)
            {
                throw new IOException("the service closed the connection");
            }

            var text = answer.AsSpan(0, filled);
            var head = text.IndexOf("\r\n\r\n"u8);
            if (head > 0 && filled >= head + 4 + Length(text[..head]))
            {
                return text.StartsWith("HTTP/1.1 200"u8);
            }
        }
    }

    private static int Length(ReadOnlySpan<byte> head)
    {
        var digits = head[(head.IndexOf("Content-Length: "u8) + 16)..];
        return Utf8Parser.TryParse(digits, out int length, out _) ? length : throw new IOException("an answer without a length");
    }
}
