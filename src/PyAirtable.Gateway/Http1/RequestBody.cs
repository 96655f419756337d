using Microsoft.AspNetCore.Http;

namespace PyAirtable.Gateway.Http1;

/// <summary>A client's request body on its way up: it is sent as it comes, while an answer may already be on its way down.</summary>
/// <param name="http">The client's request.</param>
/// <param name="connection">Where it goes.</param>
/// <param name="chunked">True where its length is not known.</param>
internal sealed class RequestBody(HttpContext http, UpstreamConnection connection, bool chunked)
{
    private static readonly ReadOnlyMemory<byte> LastChunk = "0\r\n\r\n"u8.ToArray();

    private int _started;
    private volatile bool _stopped;
    private Task _sending = Task.CompletedTask;

    /// <summary>Whether all of it was sent.</summary>
    public bool IsSent { get; private set; }

    /// <summary>Why it could not be sent; null where nothing failed.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Begins to send, once.</summary>
    public void Start()
    {
        if (Interlocked.Exchange(ref _started, 1) == 0)
        {
            _sending = SendAsync();
        }
    }

    /// <summary>Stops sending, and returns when nobody uses the request and the connection any more.</summary>
    public Task StopAsync()
    {
        // One that was not begun shall not begin.
        if (Interlocked.Exchange(ref _started, 1) != 0 && !IsSent)
        {
            _stopped = true;
            connection.Abort();
            http.Request.BodyReader.CancelPendingRead();
        }
        return _sending;
    }

    private async Task SendAsync()
    {
        var reading = true;
        try
        {
            var reader = http.Request.BodyReader;
            for (var ended = false; !ended; )
            {
                // The client may be as slow as the server allows; meanwhile the upstream has no turn.
                var deadline = connection.PauseDeadline();
                reading = true;
                var read = await reader.ReadAsync();
                reading = false;
                connection.ResumeDeadline(deadline);
                ended = read.IsCompleted || _stopped;
                foreach (var piece in read.Buffer)
                {
                    await SendAsync(piece);
                }
                reader.AdvanceTo(read.Buffer.End);
            }
            if (!_stopped)
            {
                await EndAsync();
                IsSent = true;
            }
        }
        catch (Exception error)
        {
            // Where the upstream takes no more, its answer may be there for all that; without the client nobody wants one.
            if (reading)
            {
                Failure = error;
                connection.Abort();
            }
        }
    }

    private ValueTask EndAsync() => chunked ? connection.SendAsync(LastChunk) : ValueTask.CompletedTask;

    private async ValueTask SendAsync(ReadOnlyMemory<byte> piece)
    {
        if (!chunked || piece.IsEmpty)
        {
            await connection.SendAsync(piece);
            return;
        }
        var chunk = RequestBytes.Rent();
        try
        {
            chunk.AddChunk(piece.Span);
            await connection.SendAsync(chunk.Written);
        }
        finally
        {
            chunk.Dispose();
        }
    }
}
