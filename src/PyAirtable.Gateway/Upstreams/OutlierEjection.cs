namespace PyAirtable.Gateway.Upstreams;

/// <summary>
/// Leaves an address out that fails several times in a row, for a time that grows with each repetition (Envoy's outlier detection:
/// https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/outlier). When the time is over it is used again, and
/// its next failure leaves it out once more. An upstream with one address has nothing to choose: its circuit is what protects it.
/// </summary>
internal sealed class OutlierEjection(UpstreamSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly long _step = (long)(settings.EjectionTime.TotalSeconds * clock.TimestampFrequency);
    private readonly long _longest = (long)(Longest.TotalSeconds * clock.TimestampFrequency);

    /// <summary>Notes an attempt's outcome.</summary>
    /// <returns>True where the address is left out from now on.</returns>
    public bool Report(UpstreamAddress address, CallOutcome outcome, int addresses)
    {
        if (!outcome.FailsAddress)
        {
            address.Succeed();
            return false;
        }
        return address.Fail() >= settings.EjectionFailures && settings.EjectionFailures > 0 && addresses > 1
            && address.TryEject(clock.GetTimestamp(), _step, _longest);
    }
}
