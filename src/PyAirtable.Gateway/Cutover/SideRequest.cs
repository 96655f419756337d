using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Cutover.Guarding;

namespace PyAirtable.Gateway.Cutover;

/// <summary>A request on its way to a side, from its beginning to its end, for the guard and the metrics.</summary>
/// <param name="window">Where it is counted.</param>
/// <param name="counters">Where else.</param>
/// <param name="group">Name of the group.</param>
/// <param name="side">The side.</param>
internal sealed class SideRequest(SideWindow window, CutoverCounters counters, string group, Side side)
{
    private readonly long _begun = window.Begin();
    private int _answered;
    private bool _isSlow;

    /// <summary>The answer begins.</summary>
    public void Answer()
    {
        if (Interlocked.Exchange(ref _answered, 1) == 0)
        {
            _isSlow = window.Answer(_begun);
        }
    }

    /// <summary>The request is over.</summary>
    /// <param name="status">HTTP status for the client; null where that has gone away before.</param>
    public void End(int? status)
    {
        Answer();
        if (status is >= StatusCodes.Status500InternalServerError)
        {
            window.Fail(_begun);
        }
        counters.Count(group, side, status is null ? "gone" : status >= StatusCodes.Status500InternalServerError ? "failed" : _isSlow ? "slow" : "good");
    }
}
