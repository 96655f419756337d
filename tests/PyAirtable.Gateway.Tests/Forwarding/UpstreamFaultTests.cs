using System.Text.Json;
using PyAirtable.Gateway.Tests.Wire;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Forwarding;

/// <summary>
/// Every fault on both kinds of routes. Outcomes: <c>passed</c>, 200 with the good body; <c>broken</c>, an answer that ends before
/// it is whole; <c>timeout</c> and statuses, the error of the route's family. Whatever comes of it, the next request gets its own answer.
/// </summary>
public abstract class UpstreamFaultTests
{
    private const string Next = "{\"next\":2}";

    protected static async Task AssertAsync(UpstreamFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        await using var llm = fault.Start();
        await using var airtable = fault.Start();
        // As short as can be where it must run out; else so long that running into it fails the test.
        var timeout = fault.Ending == Ending.Silence ? "1" : "10";
        await using var gateway = await GatewayHost.StartAsync(llm.Url, [("AIRTABLE_GATEWAY_URL", airtable.Url), ("PROXY_TIMEOUT_SECONDS", timeout)]);

        await Task.WhenAll(AssertAsync(gateway, fault, "/api/llm/x", fault.Go), AssertAsync(gateway, fault, "/api/airtable/x", fault.Python));
    }

    private static async Task AssertAsync(ServiceHost gateway, UpstreamFault fault, string path, string outcomes)
    {
        using var client = await WireConnection.ConnectAsync(gateway);
        var answer = await client.AskAsync("POST", path, body: "{}");
        using var other = await WireConnection.ConnectAsync(gateway);
        // Sent again should the upstream close the kept connection at this very moment.
        var next = await other.AskAsync("GET", path);

        var outcome = OutcomeOf(answer, path);
        Assert.True(outcomes.Split('|').Contains(outcome), $"{fault.Name} on {path}: {outcome}\n{answer}");
        Assert.DoesNotContain(answer?.Headers ?? [], static header => header.Name is "?" || header.Value.AsSpan().ContainsAny("\0\r\n"));
        Assert.Equal(Next, next?.Body);
    }

    private static string OutcomeOf(WireMessage? answer, string path)
    {
        if (answer is not { IsWhole: true })
        {
            return "broken";
        }
        if (answer.Status == 200)
        {
            return answer.Body == UpstreamFault.Good ? "passed" : "another body";
        }
        using var body = JsonDocument.Parse(answer.Body);
        var isPython = path.StartsWith("/api/airtable", StringComparison.Ordinal);
        var names = body.RootElement.EnumerateObject().Select(member => member.Name);
        var text = body.RootElement.GetProperty(isPython ? "detail" : "error").GetString()!;
        Assert.Equal(isPython ? ["detail"] : ["error", "method", "path", "timestamp"], names);
        Assert.NotEmpty(text);
        return answer.Status == 500 && text == "timeout" ? text : answer.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
