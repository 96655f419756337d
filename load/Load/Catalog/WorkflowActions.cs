using System.Globalization;
using PyAirtable.Load.Http;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Systems;

namespace PyAirtable.Load.Catalog;

/// <summary>What is done with workflows.</summary>
internal sealed class WorkflowActions(LoadLoop loop, SystemUnderTest system)
{
    private const int Workflows = 20;
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan PollLimit = TimeSpan.FromSeconds(30);

    private DataFeed<string> _workflows = null!;

    /// <summary>Creates workflows of two steps.</summary>
    public async Task InitAsync()
    {
        var ids = new List<string>();
        for (var number = 0; number < Workflows; number++)
        {
            var body = string.Create(
                CultureInfo.InvariantCulture,
                $$$"""{"name":"load {{{number}}}","config":{"steps":[{"type":"condition","condition":{"type":"contains","left":"{filename}","right":".csv"}},{"type":"log","message":"read {filename}"}]}}""");
            ids.Add(AnswerJson.Need(await system.Client.SendAsync(HttpCall.Post("/api/automation/workflows", body)), "id"));
        }
        _workflows = DataFeed<string>.Circular(ids);
    }

    /// <summary>A run, from its trigger to its end.</summary>
    public async ValueTask RunAsync(ScenarioContext context)
    {
        var call = HttpCall.Post($"/api/automation/workflows/{_workflows.GetNextItem()}/trigger", """{"trigger_data":{"filename":"people.csv"}}""");
        if (AnswerJson.Text(await Step.SendAsync("trigger", context, system.Client, call), "id") is { } run)
        {
            await Step.RunAsync("run", context, () => EndAsync(run));
        }
    }

    /// <summary>The newest runs.</summary>
    public async ValueTask ListAsync(ScenarioContext context) => await Step.SendAsync("run list", context, system.Client, HttpCall.Get("/api/automation/workflows/executions?limit=10"));

    private async ValueTask<Response> EndAsync(string run)
    {
        for (var ends = LoadClock.Now + LoadClock.Nanoseconds(PollLimit); LoadClock.Now < ends; await loop.DelayAsync(PollEvery))
        {
            var answer = await system.Client.SendAsync(HttpCall.Get("/api/automation/workflows/executions/" + run));
            if (Response.Of(answer) is { IsError: true } failure)
            {
                return failure;
            }
            if (AnswerJson.Text(answer, "status") is "completed")
            {
                return Response.Of(answer);
            }
            if (AnswerJson.Text(answer, "status") is "failed" or "cancelled")
            {
                return Response.Fail("the run failed");
            }
        }
        return Response.Fail("the run did not end in time");
    }
}
