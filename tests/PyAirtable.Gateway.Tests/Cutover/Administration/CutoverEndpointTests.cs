using System.Text.Json;

namespace PyAirtable.Gateway.Tests.Cutover.Administration;

/// <summary>The admin routes, and what holds where an admin call and the settings disagree.</summary>
public sealed class CutoverEndpointTests
{
    private const string Right = "X-Cutover-Key: " + TwoSides.AdminKey;

    private static readonly Scenario[] All =
    [
        new("show without a key", "GET", "/api/cutover", [], null, 401, "{\"detail\":\"Invalid cutover key\"}"),
        new("show with the clients' key", "GET", "/api/cutover", ["X-API-Key: " + GatewayHost.Key, "X-Cutover-Key: " + GatewayHost.Key], null, 401, "{\"detail\":\"Invalid cutover key\"}"),
        new("show with the test key", "GET", "/api/cutover", ["X-Cutover-Key: " + TwoSides.TestKey], null, 401, "{\"detail\":\"Invalid cutover key\"}"),
        new("show with an empty key", "GET", "/api/cutover", ["X-Cutover-Key:"], null, 401, "{\"detail\":\"Invalid cutover key\"}"),
        new("show with two keys", "GET", "/api/cutover", [Right, "X-Cutover-Key: no"], null, 401, "{\"detail\":\"Invalid cutover key\"}"),
        new("set without a key", "PUT", "/api/cutover", [], "{\"group\":\"chat\",\"weight\":100}", 401, "{\"detail\":\"Invalid cutover key\"}"),
        new("differences without a key", "GET", "/api/cutover/differences", [], null, 401, "{\"detail\":\"Invalid cutover key\"}"),
        new("forget without a key", "DELETE", "/api/cutover/differences", [], null, 401, "{\"detail\":\"Invalid cutover key\"}"),
        new("wrong method", "POST", "/api/cutover", [Right], "{}", 405, "{\"detail\":\"Method Not Allowed\"}"),
        new("unknown group", "PUT", "/api/cutover", [Right], "{\"group\":\"nope\",\"weight\":10}", 404, "{\"detail\":\"There is no such group\"}"),
        new("from another weight", "PUT", "/api/cutover", [Right], "{\"group\":\"chat\",\"weight\":10,\"from\":5}", 409, "{\"detail\":\"The group has another weight by now\"}"),
        new("differences", "GET", "/api/cutover/differences", [Right], null, 200, "{\"under_way\":0,\"samples\":[],\"noise\":[]}"),
        new("forget", "DELETE", "/api/cutover/differences", [Right], null, 204, ""),
        .. new[]
        {
            "", "no json", "[]", "null", "{}", "{\"group\":\"chat\"}", "{\"group\":5,\"weight\":10}", "{\"group\":\"chat\",\"weight\":\"10\"}", "{\"group\":\"chat\",\"weight\":101}",
            "{\"group\":\"chat\",\"weight\":-1}", "{\"group\":\"chat\",\"weight\":1.5}", "{\"group\":\"chat\",\"weight\":10,\"from\":101}", "{\"group\":\"chat\",\"weight\":null}", "{\"group\":\"chat\",\"weight\":10,\"reason\":5}", "{\"group\":\"\\ud800\",\"weight\":10}",
            $"{{\"group\":\"chat\",\"weight\":10,\"reason\":\"{new string('x', 201)}\"}}",
        }.Select(body => new Scenario("set by " + body, "PUT", "/api/cutover", [Right], body, 400, "{\"detail\":\"The body must be a JSON object with a group, a weight from 0 to 100, and perhaps the weight that it comes from and a reason of at most 200 characters\"}")),
    ];

    public static TheoryData<Scenario> Scenarios => new(All);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Route_Asked_Answers(Scenario scenario)
    {
        await using var sides = await TwoSides.StartAsync();

        using var answer = await sides.Gateway.SendAsync(scenario.Method, scenario.Path, scenario.Body, scenario.Headers);

        Assert.Equal((scenario.Status, scenario.Expected), ((int)answer.StatusCode, await answer.TextAsync()));
        Assert.DoesNotContain("\"weight\":1", await ShowAsync(sides), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/cutover")]
    [InlineData("PUT", "/api/cutover")]
    [InlineData("GET", "/api/cutover/differences")]
    public async Task Route_WithoutAnAdminKeyInTheSettings_DoesNotExist(string method, string path)
    {
        await using var sides = await TwoSides.StartAsync(("CUTOVER_ADMIN_KEY", ""));

        using var answer = await sides.AdministerAsync(method, path);

        Assert.Equal(404, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Weight_Set_IsShownWithItsChange()
    {
        await using var sides = await TwoSides.StartAsync();

        using var answer = await sides.AdministerAsync("PUT", "/api/cutover", """{"group":"platform","weight":25,"from":0,"reason":"first clients"}""");
        using var shown = JsonDocument.Parse(await answer.TextAsync());

        var group = shown.RootElement.GetProperty("groups").EnumerateArray().Single(group => group.GetProperty("group").GetString() == "platform");
        Assert.Equal((25, "admin", 0), (group.GetProperty("weight").GetInt32(), group.GetProperty("set_by").GetString(), group.GetProperty("settings_weight").GetInt32()));
        var change = shown.RootElement.GetProperty("changes")[0];
        Assert.Equal(("platform", 0, 25, "admin", "first clients"), (
            change.GetProperty("group").GetString(), change.GetProperty("from").GetInt32(), change.GetProperty("to").GetInt32(), change.GetProperty("by").GetString(), change.GetProperty("reason").GetString()));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Contains("pyairtable_cutover_weight{group=\"platform\"} 25", await sides.ReadMetricsAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(TwoSides.AdminKey, await sides.Gateway.Host.ReadLogAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weight_SetByACall_HoldsUntilTheSettingsChangeIt()
    {
        await using var sides = await TwoSides.StartAsync(("CUTOVER_PLATFORM_WEIGHT", "10"));
        await sides.SetAsync("platform", 70);

        sides.Gateway.Reload(("COMPRESSION", "false"), ("CUTOVER_GUARD_WINDOW", "20s"));
        Assert.Contains("{\"group\":\"platform\",\"weight\":70,\"set_by\":\"admin\",\"settings_weight\":10,", await ShowAsync(sides), StringComparison.Ordinal);

        sides.Gateway.Reload(("CUTOVER_PLATFORM_WEIGHT", "30"));
        Assert.Contains("{\"group\":\"platform\",\"weight\":30,\"set_by\":\"settings\",\"settings_weight\":30,", await ShowAsync(sides), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Group_AddedAndTakenAwayByReloads_HasTwoSidesMeanwhile()
    {
        await using var python = new StubUpstream();
        await using var gateway = await GatewayHost.StartAsync();

        gateway.Reload(("CUTOVER_PLATFORM_PYTHON_URL", python.Url));
        using var split = await gateway.SendAsync("GET", "/api/platform/1", null, $"X-API-Key: {GatewayHost.Key}");
        gateway.Reload(("CUTOVER_PLATFORM_PYTHON_URL", ""));
        using var whole = await gateway.SendAsync("GET", "/api/platform/2", null, $"X-API-Key: {GatewayHost.Key}");

        Assert.Equal("/1", Assert.Single(python.Seen).Target);
        Assert.Equal("/2", Assert.Single(gateway.Stub.Seen).Target);
    }

    private static async Task<string> ShowAsync(TwoSides sides)
    {
        using var answer = await sides.AdministerAsync("GET", "/api/cutover");
        return await answer.TextAsync();
    }
}
