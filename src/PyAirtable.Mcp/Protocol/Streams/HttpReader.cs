using Microsoft.AspNetCore.Http;

namespace PyAirtable.Mcp.Protocol.Streams;

/// <summary>Reads a stream of events over the answer of a request that stays with the HTTP server.</summary>
internal sealed class HttpReader(HttpContext http) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private bool _isOver;

    /// <summary>Sends events until the stream is at its end, another connection reads it, or the client goes.</summary>
    /// <param name="http">The request.</param>
    /// <param name="events">What is read.</param>
    /// <param name="seen">Number of the last event that the client has.</param>
    /// <param name="primes">Whether the client is told first from where it can resume.</param>
    /// <returns>Whether the stream is at its end.</returns>
    public static async Task<bool> ReadAsync(HttpContext http, EventStream events, int seen, bool primes)
    {
        using var answer = new HttpReader(http);
        var reader = new EventReader(seen, primes, answer.SendAsync);
        var isWhole = false;
        try
        {
            isWhole = events.TryRead(reader) && await reader.Finished.WaitAsync(http.RequestAborted);
        }
        finally
        {
            events.Leave(reader);
            if (!isWhole)
            {
                http.Abort();
            }
            await answer.CloseAsync();
        }
        return isWhole;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _turn.WaitAsync();
        try
        {
            ObjectDisposedException.ThrowIf(_isOver, this);
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
        finally
        {
            _turn.Release();
        }
    }

    // The answer is not touched once its request is over: the connection's next one may have it then.
    private async Task CloseAsync()
    {
        await _turn.WaitAsync();
        _isOver = true;
        _turn.Release();
    }
}
