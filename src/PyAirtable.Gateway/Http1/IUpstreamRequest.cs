using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Gateway.Http1;

/// <summary>What <see cref="Http1Client"/> sends, and is told of on the way: a client's request, or one of the gateway's own.</summary>
internal interface IUpstreamRequest
{
    /// <summary>The event loop that its client is on, and its connection is to be on; null for that of the thread.</summary>
    EventLoop? Loop { get; }

    /// <summary>True for HEAD, whose answers have no body.</summary>
    bool IsHead { get; }

    /// <summary>Whether doing it twice is as good as once, see <see cref="RetryRule.IsIdempotent"/>.</summary>
    bool IsIdempotent { get; }

    /// <summary>Whether all of its body that was sent can be sent again.</summary>
    bool IsReplayable { get; }

    /// <summary>Whether it failed on its own side, by a client that has gone or that sends what is no body; null where it did not.</summary>
    Exception? Failure { get; }

    /// <summary>Writes its head, and what is there of the body.</summary>
    /// <param name="bytes">Where to.</param>
    /// <param name="address">Where it is going.</param>
    void Write(ref RequestBytes bytes, UpstreamAddress address);

    /// <summary>It goes out on this connection, which is to be aborted when nobody wants the answer any more.</summary>
    void Attach(UpstreamConnection connection);

    /// <summary>The answer's head is there.</summary>
    void OnAnswered();

    /// <summary>The connection is its own no longer; returns when nothing of it uses the connection.</summary>
    ValueTask DetachAsync();

    /// <summary>What <see cref="Write"/> wrote has been sent; the rest of the body may follow.</summary>
    void OnSent();

    /// <summary>The upstream asks for the body (100 Continue).</summary>
    void OnContinue();
}
