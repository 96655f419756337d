namespace PyAirtable.Automation.Upstreams;

/// <summary>A service gave no answer; the message is the reason, without its address.</summary>
internal sealed class UpstreamFailedException(string reason, bool isRefused) : Exception(reason)
{
    /// <summary>True where no connection came about, so that the service has surely done nothing.</summary>
    public bool IsRefused => isRefused;
}
