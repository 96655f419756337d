using PyAirtable.Gateway.Cutover.Walking;
using PyAirtable.Hosting.CommandLine;
using PyAirtable.Hosting.Settings;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Cutover.Walking;

/// <summary>The verb, against a running gateway.</summary>
public sealed class CutoverCommandTests
{
    [Fact]
    public async Task Show_ARunningGateway_ListsItsGroups()
    {
        await using var sides = await TwoSides.StartAsync(("CUTOVER_CHAT_WEIGHT", "40"));

        var (code, output, _) = await RunAsync(sides);

        Assert.Equal(0, code);
        Assert.Equal(5, output.Count);
        Assert.Contains(output, static line => line.StartsWith("chat ", StringComparison.Ordinal) && line.Contains(" 40 %", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Set_AWeight_IsInForce()
    {
        await using var sides = await TwoSides.StartAsync();

        var (code, _, _) = await RunAsync(sides, "set", "platform", "100");
        using var answer = await sides.AskAsync("GET", "/api/platform/x");

        Assert.Equal(0, code);
        Assert.Single(sides.Native.Seen);
    }

    [Fact]
    public async Task Walk_WithoutAFault_EndsAtTheLastStep()
    {
        await using var sides = await TwoSides.StartAsync();

        var (code, output, errors) = await RunAsync(sides, "walk", "platform", "--steps", "10,50,100", "--bake", "50ms");

        Assert.Equal((0, ""), (code, string.Concat(errors)));
        Assert.Equal(["platform: weight 10 %, for 0 s", "platform: weight 50 %, for 0 s", "platform: weight 100 %, for 0 s"], output.Where(static line => line.StartsWith("platform:", StringComparison.Ordinal)));
        using var answer = await sides.AskAsync("GET", "/api/platform/x");
        Assert.Single(sides.Native.Seen);
    }

    [Fact]
    public async Task Walk_StoppedByTheGuard_SaysSoWithExitCode1()
    {
        await using var sides = await TwoSides.StartAsync(("CUTOVER_GUARD_MIN_REQUESTS", "2"));
        sides.Native.Answer = static _ => StubUpstream.Reply("503 Service Unavailable", "{}");
        var walking = RunAsync(sides, "walk", "platform", "--steps", "100", "--bake", "60s");
        await Eventually.TrueAsync(async () =>
        {
            using var answer = await sides.AskAsync("GET", "/api/platform/x");
            return walking.IsCompleted;
        });

        var (code, _, errors) = await walking;

        Assert.Equal(1, code);
        Assert.Contains("the guard moved the weight back to 0 %", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "--help")]
    [InlineData(2, "nope")]
    [InlineData(2, "set", "platform")]
    [InlineData(2, "set", "platform", "101")]
    [InlineData(2, "walk", "platform", "--bake", "soon")]
    [InlineData(2, "walk", "platform", "--steps")]
    [InlineData(1, "set", "nope", "10")]
    [InlineData(1, "show", "--url", "http://127.0.0.1:1")]
    public async Task Arguments_ByThemselves_HaveAnExitCode(int expected, params string[] arguments)
    {
        await using var sides = await TwoSides.StartAsync();

        var (code, output, errors) = await RunAsync(sides, arguments);

        Assert.Equal(expected, code);
        Assert.Equal(expected == 0, errors.Count == 0);
        Assert.DoesNotContain(output.Concat(errors), static line => line.Contains(TwoSides.AdminKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Key_Wrong_IsSaid()
    {
        await using var sides = await TwoSides.StartAsync();

        var (code, _, errors) = await RunAsync(sides, key: "another-key-of-some-length", []);

        Assert.Equal(1, code);
        Assert.Contains("does not take the key of CUTOVER_ADMIN_KEY", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_Missing_IsSaid()
    {
        await using var sides = await TwoSides.StartAsync();

        var (code, _, errors) = await RunAsync(sides, key: "", []);

        Assert.Equal(2, code);
        Assert.Contains("CUTOVER_ADMIN_KEY: is not set", Assert.Single(errors), StringComparison.Ordinal);
    }

    private static Task<(int Code, List<string> Output, List<string> Errors)> RunAsync(TwoSides sides, params string[] arguments) =>
        RunAsync(sides, TwoSides.AdminKey, arguments);

    private static async Task<(int Code, List<string> Output, List<string> Errors)> RunAsync(TwoSides sides, string key, string[] arguments)
    {
        var settings = new SettingsReader([SettingLayer.Of("test", new Dictionary<string, string> { ["PORT"] = $"{sides.Gateway.Port}", ["CUTOVER_ADMIN_KEY"] = key })]);
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await CutoverCommand.Named("PORT").RunAsync(new CommandLineCall("pyairtable-gateway", arguments, settings, output, errors, TestContext.Current.CancellationToken));
        return (code, Lines(output), Lines(errors));
    }

    private static List<string> Lines(StringWriter writer) => [.. writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
