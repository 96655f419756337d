using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Upstreams;

namespace PyAirtable.Gateway.Http1;

/// <summary>What came of a request to an upstream: the connection that its answer is on, or the reason why there is none.</summary>
internal readonly struct UpstreamExchange
{
    private readonly UpstreamPolicy _policy;
    private readonly Admission _admission;
    private readonly UpstreamAddress _address;
    private readonly IUpstreamRequest _request;
    private readonly UpstreamTimeouts _timeouts;
    private readonly long _limit;

    /// <summary>No answer.</summary>
    public UpstreamExchange(UpstreamFailure failure)
        : this(null!, default, null!, null!, null!, null!, 0) => Failure = failure;

    /// <summary>An answer, whose head is there.</summary>
    public UpstreamExchange(UpstreamPolicy policy, Admission admission, UpstreamAddress address, UpstreamConnection connection, IUpstreamRequest request, UpstreamTimeouts timeouts, long limit) =>
        (_policy, _admission, _address, Connection, _request, _timeouts, _limit) = (policy, admission, address, connection, request, timeouts, limit);

    /// <summary>Why there is no answer; null where there is one.</summary>
    public UpstreamFailure? Failure { get; }

    /// <summary>The connection; only where there is no failure.</summary>
    public UpstreamConnection Connection { get; }

    /// <summary>The base URL that was called, as configured.</summary>
    public string BaseUrl => _address.Endpoint.BaseUrl;

    /// <summary>Reads what has come of the body, or waits for some, see <see cref="UpstreamConnection.ReadBodyAsync"/>.</summary>
    public ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync()
    {
        Connection.SetDeadline(Http1Client.Deadline(_timeouts.Silence, _limit));
        return Connection.ReadBodyAsync();
    }

    /// <summary>The client takes its time now, which is not the upstream's.</summary>
    public void Pause() => Connection.SetDeadline(_limit);

    /// <summary>Ends it: the connection is kept if the answer has ended, else closed.</summary>
    public async ValueTask EndAsync()
    {
        await _request.DetachAsync();
        Connection.Release();
        _policy.Leave(_admission, _address);
    }
}
