using PyAirtable.Load.Http;

namespace PyAirtable.Load.Scenarios;

/// <summary>A part of an iteration that is measured by itself.</summary>
internal static class Step
{
    /// <summary>Runs and measures it, from when it was due.</summary>
    public static async ValueTask<Response> RunAsync(string name, ScenarioContext context, Func<ValueTask<Response>> run)
    {
        var due = context.TakeDue();
        var response = await run();
        context.Count(name, due, response);
        return response;
    }

    /// <summary>The same for a request that is answered 200. The answer is good until the next thing is waited for.</summary>
    public static async ValueTask<HttpAnswer> SendAsync(string name, ScenarioContext context, LoadClient client, HttpCall call)
    {
        var due = context.TakeDue();
        var answer = await client.SendAsync(call);
        context.Count(name, due, Response.Of(answer));
        return answer;
    }
}
