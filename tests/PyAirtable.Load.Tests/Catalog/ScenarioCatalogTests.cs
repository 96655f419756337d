using PyAirtable.Load.Catalog;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Simulations;
using PyAirtable.Load.Systems;

namespace PyAirtable.Load.Tests.Catalog;

public sealed class ScenarioCatalogTests
{
    [Fact]
    public void All_Scenarios_HaveTheirNameAndTakeTheTimeAskedFor() => LoadLoop.Run(async loop =>
    {
        await using var system = new RemoteSystem(loop, new Uri("http://127.0.0.1:1"), "key", 1);
        foreach (var entry in ScenarioCatalog.All)
        {
            var scenario = entry.Build(loop, system, 100, TimeSpan.FromSeconds(10), Limits.Usual);
            Assert.Equal(entry.Name, scenario.Name);
            Assert.Equal(10, scenario.Duration.TotalSeconds, 3);
            Assert.Contains(scenario.Simulations, part => part.Kind == SimulationKind.KeepConstant ? part.Copies == 100 : part.Rate == 100);
        }
        return 0;
    });

    [Fact]
    public void Named_Unknown_IsAMistake() => Assert.Throws<FormatException>(() => ScenarioCatalog.Named("nowhere"));
}
