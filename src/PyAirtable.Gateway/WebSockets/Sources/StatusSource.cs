using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Gateway.WebSockets.Delivery;

namespace PyAirtable.Gateway.WebSockets.Sources;

/// <summary>Tells all sessions how the upstreams are when that has changed (gateway contract 2.9).</summary>
/// <param name="polled">Gives whom to ask.</param>
/// <param name="broadcast">Tells.</param>
/// <param name="clock">The clock.</param>
internal sealed class StatusSource(Func<PolledUpstreams> polled, Broadcast broadcast, TimeProvider clock)
{
    /// <summary>Pause between two polls.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly UpstreamCall Call = new("GET", "/health") { IsPoll = true, Timeout = Timeout };

    private string[]? _last;

    /// <summary>Asks all once, and tells.</summary>
    public async Task PollAsync(CancellationToken cancel)
    {
        var (caller, upstreams, _) = polled();
        var states = new ServiceState[upstreams.Count];
        for (var i = 0; i < states.Length; i++)
        {
            states[i] = await AskAsync(caller, upstreams[i].Name, upstreams[i].Upstream, cancel);
        }

        var statuses = Array.ConvertAll(states, state => state.Status);
        if (_last is null || !statuses.AsSpan().SequenceEqual(_last))
        {
            _last = statuses;
            await broadcast.SendAsync(new SessionMessage("system_status", ServiceState.Write(states, clock.GetUtcNow())), cancel);
        }
    }

    private async Task<ServiceState> AskAsync(UpstreamCaller caller, string name, Upstream upstream, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        try
        {
            await using var reply = await caller.SendAsync(upstream, Call, cancel);
            var status = reply.Status == StatusCodes.Status200OK ? ServiceState.Healthy : ServiceState.Unhealthy;
            return new ServiceState(name, status, clock.GetUtcNow()) { ResponseTime = clock.GetElapsedTime(started) };
        }
        catch (UpstreamException e)
        {
            return new ServiceState(name, ServiceState.Unreachable, clock.GetUtcNow()) { Error = e.Failure.Reason };
        }
    }
}
