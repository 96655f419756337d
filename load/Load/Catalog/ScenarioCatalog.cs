using PyAirtable.Load.Loop;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Simulations;
using PyAirtable.Load.Slo;
using PyAirtable.Load.Systems;
using PyAirtable.Load.Thresholds;

namespace PyAirtable.Load.Catalog;

/// <summary>All scenarios.</summary>
internal static class ScenarioCatalog
{
    private const int Sockets = 40;
    private const int OpenedAtOnce = 250;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestThinking = TimeSpan.FromSeconds(4);

    /// <summary>The scenarios in the order of the list.</summary>
    public static readonly IReadOnlyList<CatalogEntry> All =
    [
        new("gateway", "chat, tools, Airtable reads and writes, WebSocket pings through the gateway", 15_300, 30, 256, Gateway),
        new("auth", "accounts: verify, profile, refresh, some logins and registrations", 100, 30, 128, Auth),
        new("ingestion", "analytics events, one a request", 5_000, 30, 256, Ingestion),
        new("ingestion-batch", "analytics events, a hundred a request", 200, 30, 64, Batches),
        new("files", "upload, read, extract text, list, delete", 60, 30, 128, Files),
        new("workflows", "trigger runs, wait for their end, list", 150, 30, 256, Workflows),
        new("day", "the whole working day: morning, noon, evening, everything mixed", 1_000, 60, 256, Day),
        new("spike", "the day's mix at a tenth of the rate, then all of it at once, then a tenth", 3_000, 30, 512, Spike),
        new("soak", "the day's mix at an even rate for --hours (1)", 500, 3_600, 256, Soak),
        new("connections", "so many connections at once, each with a request now and then", 5_000, 30, 5_000, Connections),
        new("stress", "the gateway's mix, faster and faster until the SLO breaks", 40_000, 120, 512, Stress),
    ];

    /// <summary>The one of that name.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static CatalogEntry Named(string name) => All.FirstOrDefault(entry => entry.Name == name) ?? throw new FormatException($"there is no scenario \"{name}\"; see load/run --list");

    private static Scenario Gateway(LoadLoop loop, SystemUnderTest system, double rate, TimeSpan during, SloLimits limits) =>
        GatewayMix("gateway", system).WithLoadSimulations(Simulation.Inject(rate, Second, during)).WithThresholds(limits.Success, limits.EndToEnd);

    private static Scenario Stress(LoadLoop loop, SystemUnderTest system, double rate, TimeSpan during, SloLimits limits)
    {
        const int Stages = 20;
        return GatewayMix("stress", system)
            .WithLoadSimulations([.. Enumerable.Range(1, Stages).Select(stage => Simulation.Inject(rate * stage / Stages, Second, during / Stages))])
            .WithStopWhen(samples => Saturation.Find(samples, limits).Broken is not null);
    }

    private static Scenario Auth(LoadLoop loop, SystemUnderTest system, double rate, TimeSpan during, SloLimits limits)
    {
        var accounts = new AccountActions(system);
        return Of("auth", (88, accounts.VerifyAsync), (6, accounts.ProfileAsync), (4, accounts.RefreshAsync), (1.5, accounts.LogInAsync), (0.5, accounts.RegisterAsync))
            .WithInit(accounts.InitAsync).WithLoadSimulations(Simulation.Inject(rate, Second, during)).WithThresholds(limits.Success);
    }

    private static Scenario Ingestion(LoadLoop loop, SystemUnderTest system, double rate, TimeSpan during, SloLimits limits) =>
        Of("ingestion", (1, new EventActions(system).SendOneAsync)).WithLoadSimulations(Simulation.Inject(rate, Second, during)).WithThresholds(limits.Success, limits.EndToEnd);

    private static Scenario Batches(LoadLoop loop, SystemUnderTest system, double rate, TimeSpan during, SloLimits limits) =>
        Of("ingestion-batch", (1, new EventActions(system).SendBatchAsync)).WithLoadSimulations(Simulation.Inject(rate, Second, during)).WithThresholds(limits.Success);

    private static Scenario Files(LoadLoop loop, SystemUnderTest system, double rate, TimeSpan during, SloLimits limits)
    {
        var files = new FileActions(loop, system);
        return Of("files", (50, files.StoreAsync), (40, files.ListAsync), (10, files.ExtractAsync)).WithLoadSimulations(Simulation.Inject(rate, Second, during)).WithThresholds(limits.Success);
    }

    private static Scenario Workflows(LoadLoop loop, SystemUnderTest system, double rate, TimeSpan during, SloLimits limits)
    {
        var workflows = new WorkflowActions(loop, system);
        return Of("workflows", (80, workflows.RunAsync), (20, workflows.ListAsync))
            .WithInit(workflows.InitAsync).WithLoadSimulations(Simulation.Inject(rate, Second, during)).WithThresholds(limits.Success);
    }

    // People come, the morning, fewer towards noon, nobody for a moment, all back at once, people go.
    private static Scenario Day(LoadLoop loop, SystemUnderTest system, double rate, TimeSpan during, SloLimits limits) => DayMix("day", loop, system)
        .WithLoadSimulations(
            Simulation.RampingInject(rate, Second, during * 0.15), Simulation.Inject(rate, Second, during * 0.3), Simulation.RampingInject(rate * 0.4, Second, during * 0.1),
            Simulation.Pause(during * 0.05), Simulation.Inject(rate, Second, during * 0.25), Simulation.RampingInject(0, Second, during * 0.15))
        .WithThresholds(limits.Success, limits.EndToEnd);

    private static Scenario Spike(LoadLoop loop, SystemUnderTest system, double rate, TimeSpan during, SloLimits limits) => DayMix("spike", loop, system)
        .WithLoadSimulations(
            Simulation.Inject(rate / 10, Second, during * 0.3), Simulation.Inject(rate, Second, during * 0.3), Simulation.Inject(rate / 10, Second, during * 0.4))
        .WithThresholds(limits.Success);

    private static Scenario Soak(LoadLoop loop, SystemUnderTest system, double rate, TimeSpan during, SloLimits limits) =>
        DayMix("soak", loop, system).WithLoadSimulations(Simulation.Inject(rate, Second, during)).WithThresholds(limits.Success, limits.EndToEnd);

    private static Scenario Connections(LoadLoop loop, SystemUnderTest system, double copies, TimeSpan during, SloLimits limits)
    {
        var (actions, random) = (new GatewayActions(system, new Random(1)), new Random(2));
        return Scenario.Create("connections", async context =>
            {
                await context.ThinkAsync(LongestThinking * random.NextDouble());
                await actions.PlainToolsAsync(context);
            })
            .WithInit(() => OpenAsync(loop, system, (int)copies))
            .WithLoadSimulations(Simulation.KeepConstant((int)copies, during))
            .WithThresholds(limits.Success, Threshold.AtLeast(Figure.Connections, copies));
    }

    // Not all at once: a server's queue of new connections is bounded.
    private static async Task OpenAsync(LoadLoop loop, SystemUnderTest system, int count)
    {
        for (var open = Math.Min(OpenedAtOnce, count); ; open = Math.Min(open + OpenedAtOnce, count))
        {
            system.Client.Pool.Fill(open);
            await loop.DelayAsync(TimeSpan.FromMilliseconds(20));
            if (open == count)
            {
                return;
            }
        }
    }

    private static Scenario GatewayMix(string name, SystemUnderTest system)
    {
        var gateway = new GatewayActions(system, new Random(1));
        return Of(
                name, (40, gateway.ReadRecordsAsync), (5, gateway.SchemaAsync), (5, gateway.CreateRecordAsync), (5, gateway.UpdateRecordAsync), (14, gateway.ChatAsync), (4, gateway.HistoryAsync),
                (10, gateway.ToolsAsync), (10, gateway.PlainToolsAsync), (6, gateway.ExecuteToolAsync), (1, gateway.PingAsync))
            .WithInit(() => gateway.OpenSocketsAsync(Sockets)).WithClean(gateway.CloseSocketsAsync);
    }

    private static Scenario DayMix(string name, LoadLoop loop, SystemUnderTest system)
    {
        var gateway = new GatewayActions(system, new Random(1));
        var (accounts, events, files, workflows) = (new AccountActions(system), new EventActions(system), new FileActions(loop, system), new WorkflowActions(loop, system));
        return Of(
                name, (28, gateway.ReadRecordsAsync), (4, gateway.SchemaAsync), (4, gateway.CreateRecordAsync), (4, gateway.UpdateRecordAsync), (10, gateway.ChatAsync), (3, gateway.HistoryAsync),
                (7, gateway.ToolsAsync), (4, gateway.ExecuteToolAsync), (1, gateway.PingAsync), (12, accounts.VerifyAsync), (4, accounts.ProfileAsync), (1, accounts.RefreshAsync),
                (0.04, accounts.LogInAsync), (0.01, accounts.RegisterAsync), (12, events.SendOneAsync), (0.5, events.SendBatchAsync), (0.2, events.DashboardAsync),
                (0.8, files.StoreAsync), (1.5, files.ListAsync), (0.2, files.ExtractAsync), (1, workflows.RunAsync), (1, workflows.ListAsync))
            .WithInit(async () =>
            {
                await gateway.OpenSocketsAsync(Sockets);
                await accounts.InitAsync();
                await workflows.InitAsync();
            })
            .WithClean(gateway.CloseSocketsAsync);
    }

    private static Scenario Of(string name, params (double Weight, Func<ScenarioContext, ValueTask> Action)[] actions) =>
        Scenario.Create(name, new Mix(new Random(1), actions).RunAsync);
}
