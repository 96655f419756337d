using PyAirtable.Gateway.Forwarding;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>An upstream's answer to a call: its head is there, its body is read from the network as it is asked for.
/// Disposing it early gives the connection up.</summary>
internal sealed class UpstreamReply : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly CallLimit _limit;
    private readonly CancellationToken _cancel;
    private Action? _leave;
    private Stream? _body;

    internal UpstreamReply(HttpResponseMessage response, string url, CallLimit limit, Action leave, CancellationToken cancel)
    {
        (_response, Url, _limit, _cancel, _leave) = (response, url, limit, cancel, leave);
        Status = (int)response.StatusCode;
        Reason = response.ReasonPhrase ?? "";
        Location = response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.ToString() : null;
        ContentLength = response.Content.Headers.ContentLength;
    }

    /// <summary>Address of the request with its query, by the upstream's name.</summary>
    public string Url { get; }

    /// <summary>HTTP status.</summary>
    public int Status { get; }

    /// <summary>Reason phrase; may be empty.</summary>
    public string Reason { get; }

    /// <summary>Target of a redirect; null where there is none.</summary>
    public string? Location { get; }

    /// <summary>Bytes of the body where the head says it.</summary>
    public long? ContentLength { get; }

    /// <summary>Reads what has come of the body, or waits for some; 0 at its end.</summary>
    /// <exception cref="UpstreamException">The upstream was silent for too long, or went away before the end.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            _limit.Next();
            _body ??= await _response.Content.ReadAsStreamAsync(_limit.Token);
            return await _body.ReadAsync(buffer, _limit.Token);
        }
        catch (Exception error) when (!_cancel.IsCancellationRequested)
        {
            throw new UpstreamException(UpstreamFailure.Of(error), error);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _response.Dispose();
        _limit.Dispose();
        Interlocked.Exchange(ref _leave, null)?.Invoke();
        return ValueTask.CompletedTask;
    }
}
