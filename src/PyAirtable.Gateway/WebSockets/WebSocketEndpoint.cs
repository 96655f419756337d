using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.WebSockets.Delivery;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.WebSockets;

namespace PyAirtable.Gateway.WebSockets;

/// <summary><c>/ws</c>: takes handshakes (gateway contract 2.1). Refusals have no body, and none of the HTTP routes' headers.</summary>
/// <param name="acceptor">Does the handshake.</param>
/// <param name="connections">The places in sessions.</param>
/// <param name="conversation">What follows.</param>
/// <param name="terms">What connections share.</param>
internal sealed class WebSocketEndpoint(WebSocketAcceptor acceptor, SessionDirectory connections, Conversation conversation, SocketTerms terms)
{
    /// <summary>Its path.</summary>
    public const string Path = "/ws";

    private const string RetryAfterSeconds = "10";

    /// <summary>Whether a request asks for a WebSocket, rightly or not.</summary>
    public static bool IsHandshake(HttpContext http) =>
        (HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase))
        || http.Features.Get<IHttpExtendedConnectFeature>() is { Protocol: "websocket" };

    /// <summary>Answers a handshake on any path.</summary>
    public async Task AnswerAsync(RequestContext request)
    {
        var http = request.Http;
        if (!RawTarget.Of(http).Path.SequenceEqual(Path))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        request.Route = Path;
        if (!await acceptor.IsWebSocketAsync(request))
        {
            // RFC 6455, 4.2.2: the version that is spoken here.
            http.Response.Headers[HeaderNames.SecWebSocketVersion] = "13";
            http.Response.StatusCode = http.Request.Headers[HeaderNames.SecWebSocketVersion] == "13" ? StatusCodes.Status400BadRequest : StatusCodes.Status426UpgradeRequired;
            return;
        }

        if (connections.IsFull)
        {
            http.Response.Headers.RetryAfter = RetryAfterSeconds;
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (Enter(http.Request.QueryString.Value) is not { } connection)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        try
        {
            await acceptor.AcceptAsync(request, (socket, _) => ConverseAsync(connection, socket));
        }
        finally
        {
            Leave(connection);
        }
    }

    /// <summary>Gives a client a place in the session that it asks for; null where it is to be refused. Followed by <see cref="Leave"/>.</summary>
    /// <param name="query">Query of the handshake's target.</param>
    public ClientConnection? Enter(string? query)
    {
        var session = SessionOf(query);
        if (session.Length == 0 || connections.IsFull)
        {
            return null;
        }
        var connection = new ClientConnection(session, terms);
        return connections.TryAdd(connection) ? connection : null;
    }

    /// <summary>Speaks with a client whose handshake was answered elsewhere, to the connection's end.</summary>
    public Task HoldAsync(ClientConnection connection, Stream stream) => acceptor.HoldAsync(stream, socket => ConverseAsync(connection, socket));

    /// <summary>Frees a client's place.</summary>
    public void Leave(ClientConnection connection)
    {
        connections.Remove(connection);
        connections.Forget(connection);
    }

    private Task ConverseAsync(ClientConnection connection, WebSocket socket)
    {
        terms.Counters.AddConnection();
        connection.Attach(socket);
        return conversation.HoldAsync(connection);
    }

    // Of several the last counts, as in Starlette.
    private static string SessionOf(string? query)
    {
        var session = "";
        foreach (var pair in new QueryStringEnumerable(query))
        {
            if (pair.DecodeName().Span.SequenceEqual("session_id"))
            {
                session = pair.DecodeValue().ToString();
            }
        }
        return session;
    }
}
