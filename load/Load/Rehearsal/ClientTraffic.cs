using System.Diagnostics;
using System.Globalization;
using PyAirtable.Load.Comparison;
using PyAirtable.Load.Http;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Systems;

namespace PyAirtable.Load.Rehearsal;

/// <summary>
/// Clients that go on whatever the operator does: each of a hundred users reads what is its own, and adds events. What is read does not
/// change meanwhile, so that both sides must answer the same.
/// </summary>
internal sealed class ClientTraffic
{
    private const int Users = 100;
    private const string Event = """{"event_type":"record_opened","event_data":{"table":"tblTasks"},"user_id":7}""";

    private readonly SystemUnderTest _system;
    private readonly List<(long At, string What)> _failures = [];
    private readonly List<string> _tokens = [];
    private DataFeed<string> _users = null!;
    private string _file = "";
    private string _workflow = "";

    /// <summary>Traffic at a system.</summary>
    public ClientTraffic(SystemUnderTest system)
    {
        _system = system;
        Mix = new Mix(
            new Random(1), (30, Get("verify", () => "/api/platform/auth/verify")), (20, Get("profile", () => "/api/platform/auth/profile")), (15, Get("metrics", () => ComparedRoutes.MetricQuery)),
            (15, AddEventAsync), (10, Get("file", () => _file)), (10, Get("workflow", () => _workflow)));
    }

    /// <summary>One iteration.</summary>
    public Mix Mix { get; }

    /// <summary>Makes users, a file, a workflow and metrics.</summary>
    public async Task PrepareAsync(BothSides sides)
    {
        await ComparedRoutes.PrepareAsync(_system);
        for (var number = 0; number < Users; number++)
        {
            _tokens.Add(await sides.RegisterAsync("python", string.Create(CultureInfo.InvariantCulture, $"user{number}@example.com")));
        }
        _users = DataFeed<string>.Circular(_tokens);
        _file = "/api/automation/files/" + await sides.UploadAsync("python");
        _workflow = "/api/automation/workflows/" + await sides.CreateWorkflowAsync("python");
    }

    /// <summary>Requests that failed, when (<see cref="Stopwatch.GetTimestamp"/>) and how.</summary>
    public IReadOnlyList<(long At, string What)> Failures
    {
        get
        {
            lock (_failures)
            {
                return [.. _failures];
            }
        }
    }

    private Func<ScenarioContext, ValueTask> Get(string step, Func<string> path) =>
        async context => Look(step, await Step.SendAsync(step, context, _system.Client, HttpCall.Get(path(), _users.GetNextItem())));

    private async ValueTask AddEventAsync(ScenarioContext context) => Look("event", await Step.SendAsync("event", context, _system.Client, HttpCall.Post("/api/platform/analytics/events", Event, _users.GetNextItem())));

    private void Look(string step, HttpAnswer answer)
    {
        if (Response.Of(answer).IsError)
        {
            lock (_failures)
            {
                _failures.Add((Stopwatch.GetTimestamp(), $"{step}: {answer.Failure ?? answer.Status.ToString(CultureInfo.InvariantCulture)}"));
            }
        }
    }
}
