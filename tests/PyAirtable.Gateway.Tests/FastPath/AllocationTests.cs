using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.FastPath;

/// <summary>Runs when nothing else does: what the process allocates is what is measured.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    [Fact]
    public async Task Requests_OnAllPaths_StayWithinTheirBudgets()
    {
        var budgets = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(PublishedExecutable.Root, "bench", "budgets.json"), TestContext.Current.CancellationToken)).RootElement.GetProperty("allocatedBytesPerRequest");
        // Unoptimized code allocates for every call of an async method.
        var allowed = IsOptimized ? 1 : 10;
        var (onBytes, beyond) = (allowed * budgets.GetProperty("fastPath").GetDouble(), allowed * budgets.GetProperty("throughServerBeyondKestrel").GetDouble());

        var found = await RequestAllocations.MeasureAsync(onBytes, beyond);

        Assert.InRange(found.FastPath, 0, onBytes);
        Assert.InRange(found.ThroughServer - found.BareKestrel, double.MinValue, beyond);
    }

    private static bool IsOptimized => typeof(GatewayModule).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };
}
