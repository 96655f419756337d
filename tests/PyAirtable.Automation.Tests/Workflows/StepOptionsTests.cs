using System.Text.Json;
using PyAirtable.Automation.Steps;
using PyAirtable.Automation.Workflows;

namespace PyAirtable.Automation.Tests.Workflows;

public sealed class StepOptionsTests
{
    [Fact]
    public void Read_EveryKey_IsTaken() => Assert.Equal(
        new StepOptions(3, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2), StopsOnFalse: true),
        StepOptions.Read(JsonElement.Parse("""{"retries":3,"retry_delay":0.5,"timeout":2,"on_false":"stop"}""")));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"retries":null,"retry_delay":null,"timeout":null,"on_false":null}""")]
    public void Read_NothingSaid_IsNone(string step) => Assert.Equal(StepOptions.None, StepOptions.Read(JsonElement.Parse(step)));

    [Theory]
    [InlineData("""{"retries":-1}""")]
    [InlineData("""{"retries":1.5}""")]
    [InlineData("""{"retries":"2"}""")]
    [InlineData("""{"retry_delay":-1}""")]
    [InlineData("""{"retry_delay":1e9}""")]
    [InlineData("""{"timeout":0}""")]
    [InlineData("""{"timeout":true}""")]
    [InlineData("""{"on_false":true}""")]
    public void Read_Malformed_Fails(string step) => Assert.Throws<StepFailedException>(() => StepOptions.Read(JsonElement.Parse(step)));

    [Theory]
    [InlineData(0, 1.0, 2)]
    [InlineData(0, 0.0, 0)]
    [InlineData(3, 0.5, 8)]
    [InlineData(9, 1.0, 300)]
    public void WaitBefore_Retry_IsUpToABoundThatDoubles(int retry, double chance, double seconds) =>
        Assert.Equal(seconds, (StepOptions.None with { RetryDelay = TimeSpan.FromSeconds(2) }).WaitBefore(retry, chance).TotalSeconds);
}
