using System.Net;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;
using PyAirtable.Gateway.Forwarding;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>
/// All that decides whether, where and how often an upstream is called. The order of a call:
/// <code>
/// var admission = await policy.AdmitAsync(cancel);        // circuit, then a place; may wait
/// if (admission.Refusal is { } refusal) return refusal;   // nothing to leave
/// UpstreamAddress? address = null;
/// try
/// {
///     for (var attempt = 1; ; attempt++)
///     {
///         address = policy.Pick(address);                 // another one than the last, where there is
///         … send; when the answer's head is there:
///         policy.ReportAnswer(admission, address, status);
///         … stream; or when there is no answer:
///         if (!policy.ReportFailure(admission, address, outcome, attempt, idempotent, replayable)) return failure;
///     }
/// }
/// finally { policy.Leave(admission, address); }           // when the answer's body is over
/// </code>
/// While all is well nothing of it allocates, waits or takes a lock of its own.
/// </summary>
internal sealed partial class UpstreamPolicy
{
    private readonly Upstream _upstream;
    private readonly UpstreamSettings _settings;
    private readonly UpstreamCounters _counters;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly CircuitBreaker _breaker;
    private readonly Bulkhead _bulkhead;
    private readonly RetryBudget _budget;
    private readonly OutlierEjection _ejection;
    private readonly UpstreamAddresses _addresses;

    /// <summary>The policy of an upstream.</summary>
    /// <param name="upstream">The upstream.</param>
    /// <param name="settings">The limits.</param>
    /// <param name="lookUp">Asks for a name's addresses; null where an HTTP proxy does that.</param>
    /// <param name="counters">What it counts.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="log">Where changes go.</param>
    public UpstreamPolicy(Upstream upstream, UpstreamSettings settings, Func<string, CancellationToken, Task<IPAddress[]>>? lookUp, UpstreamCounters counters, TimeProvider clock, ILogger log)
    {
        (_upstream, _settings, _counters, _clock, _log) = (upstream, settings, counters, clock, log);
        _breaker = new CircuitBreaker(settings, clock, LogCircuit);
        _bulkhead = new Bulkhead(settings.MaxConnections, settings.MaxWaiting, settings.MaxWait, clock);
        _budget = new RetryBudget(settings.RetryPercent, settings.RetryMinPerSecond, clock);
        _ejection = new OutlierEjection(settings, clock);
        _addresses = new UpstreamAddresses(upstream, settings.LookUpInterval, lookUp, clock, log);
    }

    /// <summary>State of its circuit.</summary>
    public CircuitState Circuit => _breaker.State;

    /// <summary>Calls at once at most.</summary>
    public int MaxCalls => _settings.MaxConnections;

    /// <summary>Calls under way.</summary>
    public int InFlight => _bulkhead.Inside;

    /// <summary>Calls that wait for a place.</summary>
    public int Waiting => _bulkhead.Waiting;

    /// <summary>Its addresses; none before the first call where there is a name among them.</summary>
    public ReadOnlySpan<UpstreamAddress> Addresses => _addresses.Current.All;

    /// <summary>How many of them are left out at present.</summary>
    public int Ejected
    {
        get
        {
            var (count, now) = (0, _clock.GetTimestamp());
            foreach (var address in Addresses)
            {
                count += address.IsEjected(now) ? 1 : 0;
            }
            return count;
        }
    }

    /// <summary>As <see cref="AdmitAsync"/>, where a place is all that may be missing; <see cref="BulkheadEntry.Unasked"/> where more is, and nothing
    /// has happened. No object is made for the call, even if it waits.</summary>
    public ValueTask<BulkheadEntry> EnterAsync()
    {
        if (!_breaker.IsClosed || !_addresses.IsReady())
        {
            return new(BulkheadEntry.Unasked);
        }
        _budget.CountCall();
        return _bulkhead.TryEnter() ? new(BulkheadEntry.Entered) : _bulkhead.EnterAsync(CancellationToken.None);
    }

    /// <summary>No place was free in time.</summary>
    public UpstreamFailure Shed()
    {
        _counters.Shed.Inc();
        return UpstreamFailure.Busy(_upstream.Name);
    }

    /// <summary>Whether it is what another policy of the same upstream would be.</summary>
    public bool IsOf(Upstream upstream, UpstreamSettings settings) => _upstream == upstream && _settings == settings;

    /// <summary>No more calls will be made: those under way go on, and their connections are not kept.</summary>
    public void Retire() => _addresses.Retire();

    /// <summary>Asks to call the upstream; waits for a place where it has as many calls as it may.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while it waited.</exception>
    public ValueTask<Admission> AdmitAsync(CancellationToken cancel)
    {
        _budget.CountCall();
        return _breaker.IsClosed && _addresses.IsReady() && _bulkhead.TryEnter() ? default : AdmitSlowlyAsync(cancel);
    }

    /// <summary>Asks to call the upstream in order to see how it is: never refused but for want of an address, and without effect on others.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while it waited.</exception>
    public async ValueTask<Admission> AdmitPollAsync(CancellationToken cancel) =>
        await HasAddressAsync(cancel) ? new Admission(null, IsPoll: true) : new Admission(UpstreamFailure.UnknownName);

    /// <summary>Chooses where an attempt goes, and counts it there.</summary>
    /// <param name="failed">Where the last attempt of the same call went.</param>
    public UpstreamAddress Pick(UpstreamAddress? failed = null)
    {
        failed?.Leave();
        var addresses = _addresses.Current;
        var address = addresses.Choose(addresses.All.Length == 1 ? 0 : _clock.GetTimestamp(), failed);
        address.Enter();
        return address;
    }

    /// <summary>An answer's head has come.</summary>
    public void ReportAnswer(Admission admission, UpstreamAddress address, int status) =>
        Report(admission, address, CallOutcome.Answered(status), isLast: true);

    /// <summary>An attempt has given no answer.</summary>
    /// <param name="admission">The call's admission.</param>
    /// <param name="address">Where it went.</param>
    /// <param name="outcome">How it failed.</param>
    /// <param name="attempt">Which attempt it was, from 1.</param>
    /// <param name="idempotent">Whether the method is, see <see cref="RetryRule.IsIdempotent"/>.</param>
    /// <param name="replayable">Whether the body can be sent once more.</param>
    /// <returns>True where there is to be another attempt.</returns>
    public bool ReportFailure(Admission admission, UpstreamAddress address, CallOutcome outcome, int attempt, bool idempotent, bool replayable)
    {
        var again = attempt < RetryRule.MaxAttempts
            && !admission.IsPoll && _breaker.IsClosed
            && RetryRule.Allows(outcome, idempotent, replayable, Addresses.Length > 1)
            && _budget.TrySpend();
        Report(admission, address, outcome, isLast: !again);
        if (again)
        {
            _counters.Retries.Inc();
        }
        return again;
    }

    /// <summary>The call is over.</summary>
    /// <param name="admission">Its admission, not a refusal.</param>
    /// <param name="address">Where its last attempt went; null where there was none.</param>
    public void Leave(Admission admission, UpstreamAddress? address)
    {
        address?.Leave();
        if (!admission.IsPoll)
        {
            admission.Probe?.Abandon();
            _bulkhead.Leave();
        }
    }

    private async ValueTask<Admission> AdmitSlowlyAsync(CancellationToken cancel)
    {
        if (_breaker.Refuses(out var retryAfter))
        {
            return RefuseByCircuit(retryAfter);
        }
        if (!await HasAddressAsync(cancel))
        {
            _breaker.Report(CallOutcome.ConnectFailed);
            return new Admission(UpstreamFailure.UnknownName);
        }
        if (!_bulkhead.TryEnter() && await _bulkhead.EnterAsync(cancel) != BulkheadEntry.Entered)
        {
            return new Admission(Shed());
        }
        if (_breaker.TryPass(out var probe, out retryAfter))
        {
            return new Admission(null, probe);
        }
        _bulkhead.Leave();
        return RefuseByCircuit(retryAfter);
    }

    private async ValueTask<bool> HasAddressAsync(CancellationToken cancel)
    {
        if (!_addresses.IsReady())
        {
            await _addresses.RefreshAsync(cancel);
        }
        return !_addresses.Current.All.IsEmpty;
    }

    private Admission RefuseByCircuit(TimeSpan retryAfter)
    {
        _counters.Refused.Inc();
        return new Admission(UpstreamFailure.CircuitOpen(_upstream.Name, retryAfter));
    }

    private void Report(Admission admission, UpstreamAddress address, CallOutcome outcome, bool isLast)
    {
        if (admission.IsPoll)
        {
            return;
        }
        if (_ejection.Report(address, outcome, Addresses.Length))
        {
            _counters.Ejections.Inc();
            LogEjected(_log, _upstream.Name, address.EndPoint);
        }
        // A call that succeeds at the second address has not failed.
        if (isLast && admission.Probe is { } probe)
        {
            probe.End(outcome);
        }
        else if (isLast)
        {
            _breaker.Report(outcome);
        }
    }

    private void LogCircuit(CircuitState state)
    {
        if (state == CircuitState.Open)
        {
            LogOpened(_log, _upstream.Name);
        }
        else
        {
            LogChanged(_log, _upstream.Name, state);
        }
    }

    [LoggerMessage(EventId = 542, Level = LogLevel.Warning, Message = "{Upstream} is not called for a while: too many calls failed")]
    private static partial void LogOpened(ILogger logger, string upstream);

    [LoggerMessage(EventId = 543, Level = LogLevel.Information, Message = "{Upstream}: its circuit is {State}")]
    private static partial void LogChanged(ILogger logger, string upstream, CircuitState state);

    [LoggerMessage(EventId = 544, Level = LogLevel.Warning, Message = "{Upstream} is not called at {Address} for a while: it failed several times in a row")]
    private static partial void LogEjected(ILogger logger, string upstream, IPEndPoint? address);
}
