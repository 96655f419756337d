namespace PyAirtable.Gateway.Tests.Cutover;

/// <summary>A gateway with two upstreams behind every group: a Python side and a native one.</summary>
internal sealed class TwoSides : IAsyncDisposable
{
    public const string AdminKey = "an-admin-key-of-some-length";
    public const string TestKey = "a-test-key-of-some-length";

    private static readonly string[] Groups = ["CHAT", "TOOLS", "AIRTABLE", "PLATFORM", "AUTOMATION"];

    private TwoSides(GatewayHost gateway, StubUpstream python) => (Gateway, Python) = (gateway, python);

    public GatewayHost Gateway { get; }

    public StubUpstream Python { get; }

    public StubUpstream Native => Gateway.Stub;

    public static async Task<TwoSides> StartAsync(params (string Name, string Value)[] settings)
    {
        var python = new StubUpstream();
        var all = Groups.Select(group => ($"CUTOVER_{group}_PYTHON_URL", python.Url))
            .Append(("CUTOVER_ADMIN_KEY", AdminKey))
            .Append(("CUTOVER_TEST_KEY", TestKey))
            .Concat(settings);
        return new TwoSides(await GatewayHost.StartAsync([.. all]), python);
    }

    /// <summary>Sends with the client's key, from a client of that address.</summary>
    public Task<HttpResponseMessage> AskAsync(string method, string path, string? body = null, string client = "10.0.0.1", params string[] headers) =>
        Gateway.SendAsync(method, path, body, [$"X-API-Key: {GatewayHost.Key}", $"X-Forwarded-For: {client}", .. headers]);

    /// <summary>Sends with the admin key.</summary>
    public Task<HttpResponseMessage> AdministerAsync(string method, string path, string? body = null) =>
        Gateway.SendAsync(method, path, body, $"X-Cutover-Key: {AdminKey}");

    public async Task SetAsync(string group, int weight)
    {
        using var answer = await AdministerAsync("PUT", "/api/cutover", $$"""{"group":"{{group}}","weight":{{weight}}}""");
        Assert.Equal(200, (int)answer.StatusCode);
    }

    public async Task<string> ReadMetricsAsync()
    {
        using var answer = await Gateway.SendAsync("GET", "/metrics");
        return await answer.TextAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Python.DisposeAsync();
    }
}
