using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Mcp.Protocol.Streams;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Protocol;

/// <summary>
/// <c>/mcp</c>: the protocol's streamable HTTP transport. A session is opened by <c>initialize</c> and belongs to the key that opened it; POST carries
/// its messages, GET is the stream for messages of the server's own, DELETE ends it.
/// </summary>
/// <param name="sessions">The sessions.</param>
/// <param name="options">What each of them serves.</param>
/// <param name="access">Who may use which.</param>
/// <param name="maxBytes">Bytes of a message.</param>
/// <param name="direct">Calls that need no session's server.</param>
/// <param name="replay">What is kept for clients whose connection breaks.</param>
/// <param name="clock">The clock.</param>
internal sealed class McpEndpoint(SessionBook sessions, McpServerOptions options, SessionAccess access, int maxBytes, DirectCalls direct, ReplayMemory replay, TimeProvider clock)
{
    // It is kept as long as the session.
    private const int LargestIntroduction = 16 * 1024;

    /// <summary>Content type of answers.</summary>
    public const string EventStream = "text/event-stream";

    /// <summary>Takes a message.</summary>
    public async Task PostAsync(RequestContext request)
    {
        var http = request.Http;
        if (await access.AdmitAsync(http) is not { } key)
        {
            return;
        }
        if (!HasType(http.Request.ContentType, PreparedAnswer.Json))
        {
            await RpcError.WriteAsync(http, StatusCodes.Status415UnsupportedMediaType, RpcError.Refused, "Content-Type must be application/json");
            return;
        }
        if (!Accepts(http.Request, PreparedAnswer.Json) || !Accepts(http.Request, EventStream))
        {
            await RpcError.WriteAsync(http, StatusCodes.Status406NotAcceptable, RpcError.Refused, "Not Acceptable: Client must accept both application/json and text/event-stream");
            return;
        }
        if (await RpcMessage.ReadBodyAsync(http.Request, maxBytes, request.Aborted) is not { } body)
        {
            http.Response.Headers.Connection = "close";
            await RpcError.WriteAsync(http, StatusCodes.Status413PayloadTooLarge, RpcError.InvalidRequest, $"The message is larger than {maxBytes} bytes");
            return;
        }
        if (direct.Find(body) is { } call)
        {
            if (await access.FindAsync(http, key) is not { } known)
            {
                return;
            }
            // The library tells the client more.
            if (known.Log.IsOff)
            {
                await AnswerAsync(request, known, new Caller(key, request.TraceId), call);
                return;
            }
        }
        if (RpcMessage.Parse(body, out var fault) is not { } message)
        {
            await RpcError.WriteAsync(http, StatusCodes.Status400BadRequest, fault, fault == RpcError.ParseError ? "Parse error" : "Invalid Request");
            return;
        }
        if (await SessionForAsync(http, key, message, body.Length) is not { } session)
        {
            return;
        }
        if (message is JsonRpcRequest question && session.IsResumable)
        {
            await AnswerAsync(request, session, key, question);
            return;
        }
        await HandAsync(request, session, key, message);
        if (RpcMessage.Cancelled(message) is { } cancelled)
        {
            session.Calls.Cancel(cancelled);
            session.Streams.Cancel(cancelled.ToString());
        }
    }

    /// <summary>Opens the stream for messages of the server's own.</summary>
    public async Task GetAsync(RequestContext request)
    {
        var http = request.Http;
        if (await access.AdmitAsync(http) is not { } key)
        {
            return;
        }
        if (!Accepts(http.Request, EventStream))
        {
            await RpcError.WriteAsync(http, StatusCodes.Status406NotAcceptable, RpcError.Refused, "Not Acceptable: Client must accept text/event-stream");
            return;
        }
        if (await access.FindAsync(http, key) is not { } session)
        {
            return;
        }
        if (await StreamRequest.FindAsync(http, session) is { } stream)
        {
            Begin(http, session);
            if (HeldConnection.TryTake(http, clock.GetUtcNow(), stream.Events, stream.Seen, session.IsResumable))
            {
                request.AnsweredStatus = StatusCodes.Status200OK;
            }
            else
            {
                await HttpReader.ReadAsync(http, stream.Events, stream.Seen, session.IsResumable);
            }
        }
    }

    /// <summary>Ends a session.</summary>
    public async Task DeleteAsync(RequestContext request)
    {
        if (await access.AdmitAsync(request.Http) is { } key && await access.FindAsync(request.Http, key) is { } session)
        {
            await sessions.EndAsync(session);
            request.Http.Response.ContentLength = 0;
        }
    }

    private static bool HasType(string? header, string type) =>
        header is not null && header.AsSpan().TrimStart().StartsWith(type, StringComparison.OrdinalIgnoreCase);

    private static bool Accepts(HttpRequest request, string type)
    {
        foreach (var header in request.Headers.Accept)
        {
            if (header is not null && (header.Contains(type, StringComparison.OrdinalIgnoreCase) || header.Contains("*/*", StringComparison.Ordinal)))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Heads an answer that is a stream of events.</summary>
    internal static void Begin(HttpContext http, Session session)
    {
        http.Response.Headers[SessionAccess.Header] = session.Id;
        http.Response.ContentType = EventStream;
        http.Response.Headers.CacheControl = "no-cache, no-store";
    }

    private async Task HandAsync(RequestContext request, Session session, int key, JsonRpcMessage message)
    {
        var http = request.Http;
        message.Context = ContextOf(request, session, key, request.Aborted);
        var failed = false;
        if (await session.EnterAsync() is not { } transport)
        {
            await RpcError.WriteAsync(http, StatusCodes.Status404NotFound, RpcError.NoSession, "Session not found");
            return;
        }
        try
        {
            Begin(http, session);
            var wrote = await transport.HandlePostRequestAsync(
                message,
                http.Response.Body,
                first =>
                {
                    failed = first is JsonRpcError;
                    return ValueTask.CompletedTask;
                },
                request.Aborted);
            if (!wrote && !http.Response.HasStarted)
            {
                http.Response.Headers.ContentType = default;
                http.Response.StatusCode = StatusCodes.Status202Accepted;
                http.Response.ContentLength = 0;
            }
        }
        finally
        {
            session.Leave();
        }
        if (failed && IsInitialize(message))
        {
            await sessions.EndAsync(session);
        }
    }

    private Task AnswerAsync(RequestContext request, Session session, Caller caller, DirectCall call) => !session.IsResumable
        ? direct.AnswerAsync(request, session, caller, call)
        : ResumableRequest.RunAsync(request, session, call.RequestId.ToString(), () => new(session.TryEnter() ? answer => direct.AnswerAsync(answer, caller, call) : null));

    private async Task AnswerAsync(RequestContext request, Session session, int key, JsonRpcRequest question)
    {
        question.Context = ContextOf(request, session, key, CancellationToken.None);
        var answer = await ResumableRequest.RunAsync(request, session, question.Id.ToString(), async () =>
            await session.EnterAsync() is { } transport ? answer => transport.HandlePostRequestAsync(question, Stream.Null, answer.Stopped) : null);
        if (answer is { IsError: true } && IsInitialize(question))
        {
            await sessions.EndAsync(session);
        }
    }

    private static JsonRpcMessageContext ContextOf(RequestContext request, Session session, int key, CancellationToken aborted) =>
        new() { Items = new Dictionary<string, object?>(1) { [RequestCaller.Item] = new RequestCaller(new Caller(key, request.TraceId), session.Log, aborted) } };

    private static bool IsInitialize(JsonRpcMessage message) => message is JsonRpcRequest { Method: RequestMethods.Initialize };

    private async ValueTask<Session?> SessionForAsync(HttpContext http, int key, JsonRpcMessage message, int length)
    {
        if (http.Request.Headers.ContainsKey(SessionAccess.Header))
        {
            return await access.FindAsync(http, key);
        }
        if (!IsInitialize(message))
        {
            await RpcError.WriteAsync(http, StatusCodes.Status400BadRequest, RpcError.Refused, "Bad Request: Mcp-Session-Id header is required");
            return null;
        }
        if (length > LargestIntroduction)
        {
            await RpcError.WriteAsync(http, StatusCodes.Status413PayloadTooLarge, RpcError.InvalidRequest, $"initialize is larger than {LargestIntroduction} bytes");
            return null;
        }
        if (!sessions.HasRoom)
        {
            http.Response.Headers.RetryAfter = "60";
            await RpcError.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, RpcError.Refused, "Too many sessions are open");
            return null;
        }
        ProtocolVersion.Settle(((JsonRpcRequest)message).Params);
        var session = new Session(SessionBook.NewId(), key, ((JsonRpcRequest)message).Params, options, replay, clock);
        sessions.Add(session);
        return session;
    }
}
