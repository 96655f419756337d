using System.Collections.Concurrent;
using System.Globalization;
using PyAirtable.Gateway.Tests.Wire;

namespace PyAirtable.Gateway.Tests.RequestSafety;

/// <summary>
/// Sends a vector to a proxy, with a sound request after it on the same connection, and says in words what came of it:
/// <c>refused 400</c>, answered by the proxy itself, which then closed the connection and did not read on; <c>answered 404</c>,
/// the same on a connection that went on; or what the upstream received for it: method, target and body.
/// </summary>
internal sealed class SmugglingProbe : IAsyncDisposable
{
    private const string Next = "/api/llm/next";
    private const string Tail = "GET " + Next + " HTTP/1.1\r\nHost: x\r\n" + KeyLine + "\r\nConnection: close\r\n\r\n";

    private const string BrokenOff = " (broken off)";

    // Put into each vector, since a proxy may send up what it refuses, later than it refuses it.
    private const string Number = "X-Vector";
    private const string KeyLine = "X-API-Key: " + SmugglingVectors.Key;

    private readonly ConcurrentQueue<(string? Number, Task<WireMessage> Request)> _arrivals = new();
    private int _vectors;

    /// <summary>Starts the upstream that the proxy is to be told of.</summary>
    public SmugglingProbe() => Upstream = new FaultyUpstream(async connection =>
    {
        while (await connection.ReadHeadAsync() is { } head)
        {
            var request = connection.ReadRestAsync(head);
            _arrivals.Enqueue((head.Header(Number), request));
            await request;
            await connection.SendAsync(FaultyUpstream.Reply(head.Method == "HEAD" ? "" : "{}"));
        }
    });

    public FaultyUpstream Upstream { get; }

    /// <summary>All requests that reached the upstream for the last vector.</summary>
    public IReadOnlyList<WireMessage> Seen { get; private set; } = [];

    /// <summary>Sends one vector to the proxy on a port.</summary>
    public async Task<string> SendAsync(int port, SmugglingVector vector)
    {
        var number = (++_vectors).ToString(CultureInfo.InvariantCulture);
        using var client = await WireConnection.ConnectAsync(port);
        await client.SendAsync(Tag(vector.Request, number) + Tag(Tail, number));
        var answers = await client.ReadToEndAsync();

        // One without a number was hidden in another.
        var arrived = _arrivals.Where(arrival => arrival.Number is null || arrival.Number == number).Select(arrival => arrival.Request);
        Seen = await Task.WhenAll(arrived).WaitAsync(WireConnection.Patience);
        var received = Seen.Where(request => !Path(request).EndsWith("/next", StringComparison.Ordinal)).Select(Describe).ToList();
        var wentOn = Seen.Count > received.Count;
        if (received.Count > 0)
        {
            return string.Join(" + ", received) + (wentOn && received[^1].EndsWith(BrokenOff, StringComparison.Ordinal) ? ", then went on" : "");
        }
        var status = answers.StartsWith("HTTP/1.", StringComparison.Ordinal) ? answers[9..12] : "silently";
        return wentOn ? $"answered {status}" : $"refused {status}";
    }

    public ValueTask DisposeAsync() => Upstream.DisposeAsync();

    // Into the first head only, with its own line ends: a request within a body is not to change.
    private static string Tag(string request, string number)
    {
        var at = request.IndexOf(KeyLine, StringComparison.Ordinal);
        var end = at + KeyLine.Length;
        var lineEnd = request.AsSpan(end).StartsWith("\r\n") ? "\r\n" : request[end].ToString();
        return $"{request[..end]}{lineEnd}{Number}: {number}{request[end..]}";
    }

    private static string Describe(WireMessage request) =>
        $"{request.Method} {Path(request)}{(request.Body.Length > 0 ? " " + request.Body : "")}{(request.IsWhole ? "" : BrokenOff)}";

    // As the upstream of a prefix route sees it, also where a proxy does not cut the prefix.
    private static string Path(WireMessage request) =>
        request.Start.Split(' ') is [_, var target, ..] ? target.Replace("/api/llm/", "/", StringComparison.Ordinal) : request.Start;
}
