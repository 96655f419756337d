namespace PyAirtable.Gateway.Tests.Cutover;

/// <summary>The headers by which testers choose a side.</summary>
public sealed class ChosenSideTests
{
    [Theory]
    [InlineData("GET", "/api/platform/x")]
    [InlineData("GET", "/api/airtable/x")]
    public async Task Side_WithAKey_IsChosenAndTold(string method, string path)
    {
        await using var sides = await TwoSides.StartAsync();

        foreach (var key in new[] { TwoSides.TestKey, TwoSides.AdminKey })
        {
            using var native = await sides.AskAsync(method, path, headers: [$"X-Cutover-Key: {key}", "X-Cutover-Side: native"]);
            using var python = await sides.AskAsync(method, path, headers: [$"X-Cutover-Key: {key}", "X-Cutover-Side: Python"]);
            Assert.Equal(("native", "python"), (native.Header("X-Cutover-Side"), python.Header("X-Cutover-Side")));
        }

        Assert.Equal((2, 2), (sides.Python.Seen.Count, sides.Native.Seen.Count));
        Assert.All(sides.Native.Seen.Concat(sides.Python.Seen), static seen => Assert.DoesNotContain(seen.Headers, static header => header.Name.StartsWith("X-Cutover", StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [InlineData("X-Cutover-Side: native")]
    [InlineData("X-Cutover-Side: native", "X-Cutover-Key: a-test-key-of-some-lengtH")]
    [InlineData("X-Cutover-Side: native", "X-Cutover-Key:")]
    [InlineData("X-Cutover-Side: native", "X-Cutover-Key: " + GatewayHost.Key)]
    [InlineData("X-Cutover-Key: " + TwoSides.TestKey)]
    public async Task Side_WithoutAKey_IsNeitherChosenNorTold(params string[] headers)
    {
        await using var sides = await TwoSides.StartAsync();

        using var answer = await sides.AskAsync("GET", "/api/platform/x", headers: headers);

        Assert.Null(answer.Header("X-Cutover-Side"));
        Assert.Empty(sides.Native.Seen);
        Assert.Null(Assert.Single(sides.Python.Seen).Header("X-Cutover-Key"));
    }

    [Theory]
    [InlineData("Accept: */*")]
    [InlineData("Accept-Encoding: br")]
    public async Task Headers_OfClients_NeverReachAnUpstream(string unusual)
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var answer = await gateway.SendAsync(
            "GET", "/api/platform/x", null, $"X-API-Key: {GatewayHost.Key}", unusual, "X-Cutover-Shadow: true", "X-Cutover-Side: native", $"X-Cutover-Key: {TwoSides.TestKey}");

        Assert.DoesNotContain(gateway.Stub.Last.Headers, static header => header.Name.StartsWith("X-Cutover", StringComparison.OrdinalIgnoreCase));
    }
}
