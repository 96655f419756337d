using System.Text.Json;

namespace PyAirtable.Deploy.Tests.Monitoring;

public sealed class DashboardTests
{
    public static TheoryData<string> Files => [.. MonitoringFiles.Dashboards.Select(file => Path.GetFileName(file)!)];

    [Fact]
    public void Dashboards_Committed_AreThoseOfTheServices() =>
        Assert.Equal(["automation.json", "cutover.json", "gateway.json", "mcp.json", "overview.json", "platform.json"], MonitoringFiles.Dashboards.Select(Path.GetFileName));

    [Fact]
    public void Dashboards_Committed_HaveIdsOfTheirOwn()
    {
        var ids = MonitoringFiles.Dashboards.Select(file => MonitoringFiles.ReadDashboard(file).GetProperty("uid").GetString()).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Panels_Committed_AskTheProvisionedSourceAndLieBesideEachOther(string file)
    {
        var sources = (List<object?>)Repository.ReadYaml("deploy", "monitoring", "grafana", "provisioning", "datasources", "prometheus.yml")["datasources"]!;
        var source = ((Dictionary<object, object?>)sources[0]!)["uid"];
        var places = new HashSet<(int, int)>();
        var ids = new HashSet<int>();
        foreach (var panel in MonitoringFiles.PanelsOf(Read(file)))
        {
            Assert.True(ids.Add(panel.GetProperty("id").GetInt32()));
            Assert.All(panel.GetProperty("targets").EnumerateArray(), target => Assert.Equal(source, target.GetProperty("datasource").GetProperty("uid").GetString()));
            var grid = panel.GetProperty("gridPos");
            var (x, y) = (grid.GetProperty("x").GetInt32(), grid.GetProperty("y").GetInt32());
            for (var i = 0; i < grid.GetProperty("w").GetInt32() * grid.GetProperty("h").GetInt32(); i++)
            {
                var (column, row) = (x + (i % grid.GetProperty("w").GetInt32()), y + (i / grid.GetProperty("w").GetInt32()));
                Assert.True(column < 24 && places.Add((column, row)), $"{panel.GetProperty("title")} lies on another");
            }
        }
    }

    private static JsonElement Read(string file) => MonitoringFiles.ReadDashboard(Repository.PathOf("deploy", "monitoring", "grafana", "dashboards", file));
}
