using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Upstreams;

namespace PyAirtable.Gateway.Http1;

/// <summary>An answer that came over plain HTTP/1.1.</summary>
internal sealed class Http1Reply : UpstreamReply
{
    private readonly UpstreamExchange _exchange;
    private readonly CancellationToken _cancel;
    private ReadOnlyMemory<byte> _rest;

    /// <summary>Takes an exchange whose head is there.</summary>
    public Http1Reply(UpstreamExchange exchange, string target, CancellationToken cancel)
    {
        (_exchange, _cancel) = (exchange, cancel);
        var head = exchange.Connection.Head;
        (Status, Reason, ContentLength, Url) = (head.Status, head.Reason, head.ContentLength, exchange.BaseUrl + target);
        foreach (var line in head.Lines)
        {
            if (line.Name == "Location")
            {
                Location ??= line.Value;
            }
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            if (_rest.IsEmpty && !_exchange.Connection.HasEnded)
            {
                _rest = await _exchange.ReadBodyAsync();
            }
        }
        catch (Exception error)
        {
            _cancel.ThrowIfCancellationRequested();
            throw new UpstreamException(UpstreamFailure.Of(error), error);
        }
        var length = Math.Min(_rest.Length, buffer.Length);
        _rest[..length].CopyTo(buffer);
        _rest = _rest[length..];
        return length;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _exchange.EndAsync();
}
