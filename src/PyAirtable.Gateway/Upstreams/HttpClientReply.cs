using PyAirtable.Gateway.Forwarding;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>An answer that came by the framework's HTTP client.</summary>
internal sealed class HttpClientReply : UpstreamReply
{
    private readonly HttpResponseMessage _response;
    private readonly CallLimit _limit;
    private readonly CancellationToken _cancel;
    private Action? _leave;
    private Stream? _body;

    /// <summary>Takes an answer whose head is there.</summary>
    public HttpClientReply(HttpResponseMessage response, string url, CallLimit limit, Action leave, CancellationToken cancel)
    {
        (_response, Url, _limit, _cancel, _leave) = (response, url, limit, cancel, leave);
        Status = (int)response.StatusCode;
        Reason = response.ReasonPhrase ?? "";
        Location = response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.ToString() : null;
        ContentLength = response.Content.Headers.ContentLength;
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer)
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
    public override ValueTask DisposeAsync()
    {
        _response.Dispose();
        _limit.Dispose();
        Interlocked.Exchange(ref _leave, null)?.Invoke();
        return ValueTask.CompletedTask;
    }
}
