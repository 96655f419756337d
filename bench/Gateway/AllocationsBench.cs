using PyAirtable.Bench.Goals;
using PyAirtable.Gateway.Tests.FastPath;

namespace PyAirtable.Bench.Gateway;

/// <summary>Bytes that a proxied request allocates, as the tests measure them.</summary>
internal static class AllocationsBench
{
    private const double BeyondKestrel = 500;

    // The figure has a part for what else the process does now and then: less than a byte is nothing.
    private const double Nothing = 1;

    /// <summary>1 if a goal is missed.</summary>
    public static async Task<int> RunAsync()
    {
        var report = new BenchReport("allocations");
        var found = await RequestAllocations.MeasureAsync(Nothing, BeyondKestrel);
        report.AtMost("allocated by a proxied request on the fast path", Math.Floor(found.FastPath), "bytes", 0);
        report.AtMost("allocated by a proxied request through the server, beyond Kestrel's own", found.ThroughServer - found.BareKestrel, "bytes", BeyondKestrel);
        report.Add("allocated by a request at bare Kestrel", found.BareKestrel, "bytes");
        report.Add("allocated by a proxied request through the server", found.ThroughServer, "bytes");
        return report.Finish();
    }
}
