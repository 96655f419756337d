using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Mcp.Protocol.Streams;

/// <summary>A request that goes on when its connection breaks: its answer waits for the client to come back.</summary>
internal static class ResumableRequest
{
    /// <summary>Runs it, and sends its answer as long as the connection holds.</summary>
    /// <param name="request">The request.</param>
    /// <param name="session">Its session.</param>
    /// <param name="id">Its id within the session.</param>
    /// <param name="enter">Enters the session, which is left here, and gives what is to be run; null where the session has ended.</param>
    /// <returns>The answer; null where it was refused.</returns>
    public static async Task<Answer?> RunAsync(RequestContext request, Session session, string id, Func<ValueTask<Func<Answer, Task>?>> enter)
    {
        var http = request.Http;
        if (session.Streams.Begin(id) is not { } answer)
        {
            await RpcError.WriteAsync(http, StatusCodes.Status429TooManyRequests, RpcError.Refused, "A request of this id, or too many requests are under way");
            return null;
        }
        if (await enter() is not { } run)
        {
            session.Streams.Finish(id);
            await RpcError.WriteAsync(http, StatusCodes.Status404NotFound, RpcError.NoSession, "Session not found");
            return null;
        }
        var answering = RunAsync(session, answer, id, run);
        McpEndpoint.Begin(http, session);
        if (await HttpReader.ReadAsync(http, answer.Events, seen: 0, primes: true))
        {
            await answering;
        }
        return answer;
    }

    private static async Task RunAsync(Session session, Answer answer, string id, Func<Answer, Task> run)
    {
        try
        {
            await run(answer);
        }
        catch (OperationCanceledException)
        {
            // It was cancelled by its client, or the session has ended.
        }
        finally
        {
            session.Streams.Finish(id);
            session.Leave();
        }
    }
}
