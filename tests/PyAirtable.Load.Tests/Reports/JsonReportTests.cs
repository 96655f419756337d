using System.Text.Json;
using PyAirtable.Load.Reports;

namespace PyAirtable.Load.Tests.Reports;

public sealed class JsonReportTests
{
    [Fact]
    public void Write_Result_HasAllOfIt()
    {
        using var document = JsonDocument.Parse(JsonReport.Write(Results.Of100));
        var root = document.RootElement;

        Assert.Equal(("day", 5.0, 50.0), (root.GetProperty("scenario").GetString(), root.GetProperty("all").GetProperty("p95_ms").GetDouble(), root.GetProperty("peak_mb").GetDouble()));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("upstream_cpu_seconds").ValueKind);
        Assert.Equal((2, 2, 3, 2), (root.GetProperty("steps").GetArrayLength(), root.GetProperty("samples").GetArrayLength(), root.GetProperty("distribution").GetArrayLength(), root.GetProperty("thresholds").GetArrayLength()));
        Assert.Equal(1, root.GetProperty("all").GetProperty("reasons").GetProperty("status 503").GetInt32());
    }
}
