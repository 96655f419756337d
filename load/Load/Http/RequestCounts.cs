namespace PyAirtable.Load.Http;

/// <summary>Requests sent to a gateway so far, by the service that has to do with them.</summary>
internal sealed class RequestCounts
{
    /// <summary>All of them.</summary>
    public long Gateway { get; private set; }

    /// <summary>Those that it hands on to the platform.</summary>
    public long Platform { get; private set; }

    /// <summary>Those that it hands on to the automation service.</summary>
    public long Automation { get; private set; }

    /// <summary>Counts a request to a path.</summary>
    public void Count(string path)
    {
        Gateway++;
        if (path.StartsWith("/api/platform/", StringComparison.Ordinal))
        {
            Platform++;
        }
        else if (path.StartsWith("/api/automation/", StringComparison.Ordinal))
        {
            Automation++;
        }
    }
}
