using System.Text.Json;
using PyAirtable.Automation.Steps;
using PyAirtable.Automation.Workflows;

namespace PyAirtable.Automation.Tests.Steps;

/// <summary>Runs one step as execution 7 of workflow 3, with trigger data <c>k</c> = <c>v w/é</c> and <c>n</c> = 14.</summary>
internal static class StepRun
{
    public static StepContext Context() => new StepContext(
        new ExecutionJob { Id = 7, WorkflowId = 3, TriggerData = """{"k":"v w/é","n":14,"empty":""}""", CreatedAt = new DateTime(2025, 1, 15, 9, 31, 2, DateTimeKind.Utc) },
        TimeProvider.System).ForStep("2");

    public static Task<string> RunAsync(this IStep step, string json) => step.RunAsync(JsonElement.Parse(json), Context(), TestContext.Current.CancellationToken);

    /// <summary>The text of its failure.</summary>
    public static async Task<string> FailAsync(this IStep step, string json) => (await Assert.ThrowsAsync<StepFailedException>(() => step.RunAsync(json))).Message;
}
