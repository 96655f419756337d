using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Relaying;
using PyAirtable.Gateway.WebSockets;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Chat;

/// <summary><c>POST /api/chat</c>: the language models (gateway contract 1.2).</summary>
/// <param name="relay">Asks for a whole answer.</param>
/// <param name="streams">Asks for a streamed one.</param>
/// <param name="llm">Who is asked.</param>
/// <param name="messages">Where the parts of a streamed answer go.</param>
/// <param name="clock">The clock.</param>
internal sealed class ChatEndpoint(Relay relay, StreamRelay streams, Upstream llm, ISessionMessages messages, TimeProvider clock)
{
    /// <summary>Answers once with all that the model said; if a session is to see it grow, its WebSocket clients do meanwhile.</summary>
    public async Task PostAsync(RequestContext request)
    {
        var http = request.Http;
        var text = await BodyBytes.ReadAsync(http.Request, request.Aborted);
        if (ChatRequest.Read(text, out var chat) is { } fault)
        {
            await fault.WriteAsync(http);
        }
        else if (chat.Session is { } session)
        {
            var reply = new ChatReply(session, messages, clock, request.Aborted);
            var error = await streams.ReadAsync(request, llm, "/chat/stream", chat.Body, "Stream error", reply.TakeAsync);
            await reply.WriteAsync(http, error);
        }
        else
        {
            await relay.AnswerAsync(request, llm, "POST", "/chat", chat.Body);
        }
    }
}
