using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Polly.CircuitBreaker;
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
        return await AttemptAsync(policy, admission, timeouts, LimitOf(timeouts), request, address: null, attempt: 1);
    }

    /// <summary>As the other, for a call that has asked <see cref="PolicyOf"/> for a place.</summary>
    public ValueTask<UpstreamExchange> SendAsync(UpstreamPolicy policy, Upstream upstream, IUpstreamRequest request, BulkheadEntry entry)
    {
        switch (entry)
        {
            case BulkheadEntry.Full or BulkheadEntry.TooLate:
                return new(new UpstreamExchange(policy.Shed()));
            case BulkheadEntry.Entered when policy.Circuit == CircuitState.Closed:
                return AttemptAsync(policy, default, upstream.Timeouts, LimitOf(upstream.Timeouts), request, address: null, attempt: 1);
            case BulkheadEntry.Entered:
                // The circuit has opened meanwhile.
                policy.Leave(default, address: null);
                break;
        }
        return SendAsync(upstream, upstream.Timeouts, request, isPoll: false, CancellationToken.None);
    }

    /// <summary>The policy of an upstream, for who asks it for a place by <see cref="UpstreamPolicy.EnterAsync"/> and begins the call himself.</summary>
    public UpstreamPolicy PolicyOf(Upstream upstream) => policies[upstream];

    /// <summary>As <see cref="SendAsync(UpstreamPolicy, Upstream, IUpstreamRequest, BulkheadEntry)"/>, up to the sending, where nothing has to be waited for: there
    /// is a place, a free connection and room to send. False where there is not, and nothing has happened. Followed by <see cref="Complete"/>
    /// when the head is there, or by <see cref="RecoverAsync"/>.</summary>
    public bool TryStart(UpstreamPolicy policy, UpstreamTimeouts timeouts, IUpstreamRequest request, BulkheadEntry entry, out StartedCall call)
    {
        call = default;
        if (entry != BulkheadEntry.Entered || policy.Circuit != CircuitState.Closed)
        {
            return false;
        }
        var address = policy.Pick();
        if (address.ConnectionsOn(loops, policy.MaxCalls).TryRent(request.Loop) is not { } connection)
        {
            address.Leave();
            return false;
        }
        var limit = LimitOf(timeouts);
        Exception? failure = null;
        try
        {
            Send(connection, address, request, timeouts, limit);
        }
        catch (Exception error)
        {
            failure = error;
        }
        call = new StartedCall(policy, timeouts, address, connection, limit, failure);
        return true;
    }

    /// <summary>The answer's head to a started call is there.</summary>
    public static UpstreamExchange Complete(in StartedCall call, IUpstreamRequest request)
    {
        request.OnAnswered();
        call.Policy.ReportAnswer(default, call.Address, call.Connection.Head.Status);
        return new UpstreamExchange(call.Policy, default, call.Address, call.Connection, request, call.Timeouts, call.Limit);
    }

    /// <summary>A started call has failed: goes on as <see cref="SendAsync(UpstreamPolicy, Upstream, IUpstreamRequest, BulkheadEntry)"/> would.</summary>
    public async ValueTask<UpstreamExchange> RecoverAsync(StartedCall call, Exception error, IUpstreamRequest request) =>
        await FailAsync(call.Policy, default, call.Address, call.Connection, error, request, attempt: 1) is { } failure
            ? new UpstreamExchange(failure)
            : await AttemptAsync(call.Policy, default, call.Timeouts, call.Limit, request, call.Address, attempt: 2);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<UpstreamExchange> AttemptAsync(UpstreamPolicy policy, Admission admission, UpstreamTimeouts timeouts, long limit, IUpstreamRequest request, UpstreamAddress? address, int attempt)
    {
        while (true)
        {
            address = policy.Pick(address);
            UpstreamConnection? connection = null;
            Exception failed;
            try
            {
                var pool = address.ConnectionsOn(loops, policy.MaxCalls);
                connection = pool.TryRent(request.Loop) ?? await pool.ConnectAsync(timeouts.Connect, request.Loop);
                Send(connection, address, request, timeouts, limit);
                await connection.ReadHeadAsync(request);
                request.OnAnswered();
                policy.ReportAnswer(admission, address, connection.Head.Status);
                return new UpstreamExchange(policy, admission, address, connection, request, timeouts, limit);
            }
            catch (Exception error)
            {
                failed = error;
            }
            if (await FailAsync(policy, admission, address, connection, failed, request, attempt++) is { } failure)
            {
                return new UpstreamExchange(failure);
            }
        }
    }

    private static void Send(UpstreamConnection connection, UpstreamAddress address, IUpstreamRequest request, UpstreamTimeouts timeouts, long limit)
    {
        request.Attach(connection);
        connection.SetDeadline(Deadline(timeouts.FirstByte, limit));
        var bytes = RequestBytes.Rent();
        try
        {
            request.Write(ref bytes, address);
            connection.Send(bytes.Written.Span);
        }
        finally
        {
            bytes.Dispose();
        }
        request.OnSent();
    }

    // Why there is no answer; null where there is to be another attempt.
    private static async ValueTask<UpstreamFailure?> FailAsync(UpstreamPolicy policy, Admission admission, UpstreamAddress address, UpstreamConnection? connection, Exception error, IUpstreamRequest request, int attempt)
    {
        await request.DetachAsync();
        connection?.Close();
        // A request that cannot be written speaks against its client, not against the address.
        if ((request.Failure ?? error as BadHttpRequestException) is { } own)
        {
            policy.Leave(admission, address);
            return UpstreamFailure.Of(own);
        }
        var isRepeatable = request.IsIdempotent && connection is not { HasAnswered: true };
        if (policy.ReportFailure(admission, address, Outcome(error, connection is not null), attempt, isRepeatable, request.IsReplayable))
        {
            return null;
        }
        policy.Leave(admission, address);
        return UpstreamFailure.Of(error);
    }

    /// <summary>The moment when <paramref name="time"/> is over, in the milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    /// <param name="time">From now.</param>
    /// <param name="limit">Another such moment, which is not to be passed; 0 for none.</param>
    public static long Deadline(TimeSpan time, long limit)
    {
        var end = Environment.TickCount64 + (time.Ticks / TimeSpan.TicksPerMillisecond);
        return limit == 0 ? end : Math.Min(end, limit);
    }

    private static long LimitOf(UpstreamTimeouts timeouts) => timeouts.Total == Timeout.InfiniteTimeSpan ? 0 : Deadline(timeouts.Total, 0);

    private static CallOutcome Outcome(Exception error, bool connected) => error switch
    {
        TimeoutException => CallOutcome.TimedOut,
        _ => connected ? CallOutcome.Broken : CallOutcome.ConnectFailed,
    };
}
