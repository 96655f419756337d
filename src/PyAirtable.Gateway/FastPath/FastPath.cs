using System.Text;
using Microsoft.AspNetCore.Connections;
using PyAirtable.Gateway.Http1;
using PyAirtable.Gateway.WebSockets;
using PyAirtable.Hosting.RateLimiting;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Tracing;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Gateway.FastPath;

/// <summary>
/// The plain proxy routes on bytes, before the HTTP server: what comes in usual form, with a right key and within its rate, goes to
/// the upstream and its answer back, and no string or header collection is made. Anything else is left where it lies, and the
/// server finds the connection as the client made it; also what has to be refused, so that there is one place for refusals.
/// </summary>
/// <remarks>It answers as the routes behind the server do, header for header; the tests ask both and compare.</remarks>
internal sealed class FastPath(FastPathOptions options, ApiKeys? keys, string upstreamKey, IRateLimiter limiter, ReadOnlyMemory<byte> constantHeaders, Http1Client client, WebSocketEndpoint sockets, ProcessContext process)
{
    private readonly byte[] _upstreamKeyLine = options.ReplacesKey ? Encoding.Latin1.GetBytes($"{ApiKeys.Header}: {upstreamKey}\r\n") : [];

    /// <summary>What is usual.</summary>
    public FastPathOptions Options => options;

    /// <summary>The line by which the upstream knows the gateway, whatever key a client has; empty where nobody asks for keys.</summary>
    public ReadOnlySpan<byte> UpstreamKeyLine => _upstreamKeyLine;

    /// <summary>Where requests go.</summary>
    public Http1Client Client => client;

    /// <summary>Takes handshakes.</summary>
    public WebSocketEndpoint Sockets => sockets;

    /// <summary>Header lines that all answers have.</summary>
    public ReadOnlySpan<byte> ConstantHeaders => constantHeaders.Span;

    /// <summary>Whether connections are to end.</summary>
    public bool IsStopping => process.Stop.HasBegun;

    /// <summary>Whether a request's trace id is written anywhere.</summary>
    public bool LogsAccess => process.Log.AccessEnabled;

    /// <summary>Puts it in front of the server.</summary>
    /// <param name="current">Gives the one for the next request: connections outlive settings.</param>
    /// <param name="application">What keeps the record of requests.</param>
    /// <param name="next">The server.</param>
    public static ConnectionDelegate Wrap(Func<FastPath> current, ServiceApplication application, ConnectionDelegate next) =>
        connection => connection is SocketConnection client && !RequestSpans.Enabled
            ? ServeAsync(current, application, client, next)
            : next(connection);

    // Nothing else of the fast path is kept for a connection that has left it.
    private static async Task ServeAsync(Func<FastPath> current, ServiceApplication application, SocketConnection client, ConnectionDelegate next)
    {
        var (socket, goesOn) = await new FastConnection(current, application, client).RunAsync();
        if (socket is not null)
        {
            await socket.HoldAsync();
        }
        else if (goesOn)
        {
            await next(client);
        }
    }

    /// <summary>Whether a client may pass with this key; one of no key at all may where none is asked for.</summary>
    public bool Admits(ReadOnlySpan<byte> key) => keys is null || (!key.IsEmpty && keys.Find(key) >= 0);

    /// <summary>Counts a request.</summary>
    public ValueTask<RateLimitDecision> TakeAsync(string client) => limiter.TakeAsync(client, CancellationToken.None);
}
