using System.Runtime.CompilerServices;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Gateway.Http1;

/// <summary>
/// Sends requests to upstreams over kept connections of our own, by the policies of each:
/// <list type="number">
/// <item>ask for admission: circuit, then a place;</item>
/// <item>pick an address, take a free connection to it or make one;</item>
/// <item>send the head with what is there of the body;</item>
/// <item>read the answer's head, and report how it went;</item>
/// <item>where there was none, begin again at 2 if that does no harm.</item>
/// </list>
/// All of it on the thread that asks, without allocating while things go well.
/// </summary>
internal sealed class Http1Client(EventLoops loops, UpstreamPolicies policies)
{
    /// <summary>Sends, and returns once the answer's head is there, or that there is none.</summary>
    /// <param name="upstream">Who is asked.</param>
    /// <param name="timeouts">How long it may take.</param>
    /// <param name="request">What is sent.</param>
    /// <param name="isPoll">True for a look at how the upstream is, which no policy holds back.</param>
    /// <param name="cancel">Ends the waiting for a place.</param>
    /// <exception cref="OperationCanceledException">Cancelled while it waited for a place.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<UpstreamExchange> SendAsync(Upstream upstream, UpstreamTimeouts timeouts, IUpstreamRequest request, bool isPoll, CancellationToken cancel)
    {
        var policy = policies[upstream];
        var admission = await (isPoll ? policy.AdmitPollAsync(cancel) : policy.AdmitAsync(cancel));
        if (admission.Refusal is { } refusal)
        {
            return new UpstreamExchange(refusal);
        }
        var limit = timeouts.Total == Timeout.InfiniteTimeSpan ? 0 : Deadline(timeouts.Total, 0);
        UpstreamAddress? address = null;
        for (var attempt = 1; ; attempt++)
        {
            address = policy.Pick(address);
            UpstreamConnection? connection = null;
            Exception failed;
            try
            {
                var pool = address.ConnectionsOn(loops);
                connection = pool.TryRent() ?? await pool.ConnectAsync(timeouts.Connect);
                request.Attach(connection);
                connection.SetDeadline(Deadline(timeouts.FirstByte, limit));
                var bytes = RequestBytes.Rent();
                try
                {
                    request.Write(ref bytes, address);
                    await connection.SendAsync(bytes.Written);
                }
                finally
                {
                    bytes.Dispose();
                }
                request.OnSent();
                await connection.ReadHeadAsync(request);
                request.OnAnswered();
                policy.ReportAnswer(admission, address, connection.Head.Status);
                return new UpstreamExchange(policy, admission, address, connection, request, timeouts, limit);
            }
            catch (Exception error)
            {
                failed = error;
            }

            await request.DetachAsync();
            connection?.Close();
            if (request.Failure is { } own)
            {
                policy.Leave(admission, address);
                return new UpstreamExchange(UpstreamFailure.Of(own));
            }
            var isRepeatable = request.IsIdempotent && connection is not { HasAnswered: true };
            var again = policy.ReportFailure(admission, address, Outcome(failed, connection is not null), attempt, isRepeatable, request.IsReplayable);
            if (!again)
            {
                policy.Leave(admission, address);
                return new UpstreamExchange(UpstreamFailure.Of(failed));
            }
        }
    }

    /// <summary>The moment when <paramref name="time"/> is over, in the milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    /// <param name="time">From now.</param>
    /// <param name="limit">Another such moment, which is not to be passed; 0 for none.</param>
    public static long Deadline(TimeSpan time, long limit)
    {
        var end = Environment.TickCount64 + (time.Ticks / TimeSpan.TicksPerMillisecond);
        return limit == 0 ? end : Math.Min(end, limit);
    }

    private static CallOutcome Outcome(Exception error, bool connected) => error switch
    {
        TimeoutException => CallOutcome.TimedOut,
        _ => connected ? CallOutcome.Broken : CallOutcome.ConnectFailed,
    };
}
