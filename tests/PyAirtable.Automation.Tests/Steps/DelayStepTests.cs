using System.Text.Json;
using PyAirtable.Automation.Steps;

namespace PyAirtable.Automation.Tests.Steps;

public sealed class DelayStepTests
{
    [Theory]
    [Contract("9.10")]
    [InlineData("{}", """{"delayed_seconds":1}""", 1.0)]
    [InlineData("""{"delay":45}""", """{"delayed_seconds":45}""", 45.0)]
    [InlineData("""{"delay":0.25}""", """{"delayed_seconds":0.25}""", 0.25)]
    [InlineData("""{"delay":2.50}""", """{"delayed_seconds":2.50}""", 2.5)]
    [InlineData("""{"delay":true}""", """{"delayed_seconds":true}""", 1.0)]
    [InlineData("""{"delay":1e300}""", """{"delayed_seconds":1e300}""", 2592000.0)]
    public async Task Delay_Seconds_AreWaitedAndTold(string step, string result, double seconds)
    {
        var clock = new HastyTime();

        Assert.Equal(result, await new DelayStep(clock).RunAsync(step));
        Assert.Equal([TimeSpan.FromSeconds(seconds)], clock.Waits);
    }

    [Fact]
    public async Task Delay_RunCutShort_Ends()
    {
        using var cancel = new CancellationTokenSource();
        var running = new DelayStep(TimeProvider.System).RunAsync(JsonElement.Parse("""{"delay":3600}"""), StepRun.Context(), cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Theory]
    [InlineData("""{"delay":0}""", """{"delayed_seconds":0}""")]
    [InlineData("""{"delay":-5}""", """{"delayed_seconds":-5}""")]
    [InlineData("""{"delay":false}""", """{"delayed_seconds":false}""")]
    public async Task Delay_NothingToWaitFor_ReturnsAtOnce(string step, string result)
    {
        var clock = new HastyTime();

        Assert.Equal(result, await new DelayStep(clock).RunAsync(step));
        Assert.Empty(clock.Waits);
    }

    [Theory]
    [InlineData("\"5\"", "str")]
    [InlineData("null", "NoneType")]
    [InlineData("[1]", "list")]
    public async Task Delay_NoNumber_Fails(string delay, string type) =>
        Assert.Equal($"'<=' not supported between instances of '{type}' and 'int'", await new DelayStep(TimeProvider.System).FailAsync($$"""{"delay":{{delay}}}"""));
}
