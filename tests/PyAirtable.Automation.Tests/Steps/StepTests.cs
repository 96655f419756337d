using System.Text.Json;
using PyAirtable.Automation.Steps;
using PyAirtable.Automation.Workflows;

namespace PyAirtable.Automation.Tests.Steps;

/// <summary>The steps <c>condition</c> and <c>log</c> and what they may name.</summary>
public sealed class StepTests
{
    private readonly StepContext _context = new(
        new ExecutionJob
        {
            Id = 7,
            WorkflowId = 3,
            TriggerData = """{"k":"v","n":14,"f":1.0,"b":true,"none":null,"o":{"a":1},"workflow_id":"mine"}""",
            CreatedAt = new DateTime(2025, 1, 15, 9, 31, 2, DateTimeKind.Utc),
        },
        TimeProvider.System);

    [Theory]
    [Contract("D10", "9.10")]
    [InlineData("{workflow_id}/{execution_id}", "3/7")]
    [InlineData("{k} {n} {f} {b}", "v 14 1.0 True")]
    [InlineData("{none} {o} {unknown} {trigger_data}", "{none} {o} {unknown} {trigger_data}")]
    [InlineData("{triggered_file_id}", "{triggered_file_id}")]
    [InlineData("{created_at}", "2025-01-15T09:31:02+00:00")]
    [InlineData("{{k}} {k", "{v} {k")]
    [InlineData("{step_1_result} {step_2_result}", """{"message":"{k}"} {step_2_result}""")]
    [InlineData("", "")]
    public void Fill_Template_ReplacesWhatIsKnown(string template, string expected)
    {
        _context.Add(1, """{"message":"{k}"}""");

        Assert.Equal(expected, _context.Fill(template));
    }

    [Fact]
    public void Fill_TextThatGrowsWithoutEnd_Fails()
    {
        _context.Add(1, new string('x', 600_000));

        Assert.Throws<StepFailedException>(() => _context.Fill("{step_1_result}{step_1_result}"));
    }

    [Theory]
    [Contract("D10", "9.11")]
    [InlineData("""{"type":"equals","left":"{n}","right":14}""", """{"condition_met":true,"left_value":"14","right_value":14,"condition_type":"equals"}""")]
    [InlineData("""{"left":true,"right":"True"}""", """{"condition_met":true,"left_value":true,"right_value":"True","condition_type":"equals"}""")]
    [InlineData("""{"left":1.0,"right":1}""", """{"condition_met":false,"left_value":1.0,"right_value":1,"condition_type":"equals"}""")]
    [InlineData("{}", """{"condition_met":true,"left_value":null,"right_value":null,"condition_type":"equals"}""")]
    [InlineData("""{"type":"not_equals","left":"a","right":"A"}""", """{"condition_met":true,"left_value":"a","right_value":"A","condition_type":"not_equals"}""")]
    [InlineData("""{"type":"contains","left":"Hello","right":"{k}"}""", """{"condition_met":false,"left_value":"Hello","right_value":"v","condition_type":"contains"}""")]
    [InlineData("""{"type":"contains","left":[1,"x"],"right":"'x'"}""", """{"condition_met":true,"left_value":[1,"x"],"right_value":"'x'","condition_type":"contains"}""")]
    [InlineData("""{"type":"not_contains","left":"abc","right":"z"}""", """{"condition_met":true,"left_value":"abc","right_value":"z","condition_type":"not_contains"}""")]
    [InlineData("""{"type":"not_equals","left":1,"right":"1"}""", """{"condition_met":false,"left_value":1,"right_value":"1","condition_type":"not_equals"}""")]
    [InlineData("""{"type":"equals","left":null,"right":"None"}""", """{"condition_met":true,"left_value":null,"right_value":"None","condition_type":"equals"}""")]
    [InlineData("""{"type":"equals","left":{"a":[1,false]},"right":"{'a': [1, False]}"}""", """{"condition_met":true,"left_value":{"a":[1,false]},"right_value":"{'a': [1, False]}","condition_type":"equals"}""")]
    [InlineData("""{"type":"not_contains","left":"abc","right":"b"}""", """{"condition_met":false,"left_value":"abc","right_value":"b","condition_type":"not_contains"}""")]
    [InlineData("""{"type":"contains","left":"a{n}c","right":"{n}"}""", """{"condition_met":true,"left_value":"a14c","right_value":"14","condition_type":"contains"}""")]
    [InlineData("""{"type":"EQUALS","left":1,"right":1}""", """{"condition_met":false,"left_value":1,"right_value":1,"condition_type":"EQUALS"}""")]
    [InlineData("""{"type":null,"left":1,"right":1}""", """{"condition_met":false,"left_value":1,"right_value":1,"condition_type":null}""")]
    [InlineData("""{"type":"greater","left":2,"right":1}""", """{"condition_met":false,"left_value":2,"right_value":1,"condition_type":"greater"}""")]
    public async Task Condition_TwoValues_AreCompared(string condition, string expected) =>
        Assert.Equal(expected, await new ConditionStep().RunAsync(JsonElement.Parse($$"""{"condition":{{condition}}}"""), _context, TestContext.Current.CancellationToken));

    [Theory]
    [Contract("9.10")]
    [InlineData("{}", """{"message":"Log step executed"}""")]
    [InlineData("""{"message":"ü {k} \"q\""}""", """{"message":"ü v \"q\""}""")]
    public async Task Log_Message_IsTheResult(string step, string expected) =>
        Assert.Equal(expected, await new LogStep().RunAsync(JsonElement.Parse(step), _context, TestContext.Current.CancellationToken));

    [Fact]
    [Contract("9.10")]
    public async Task Log_MessageThatIsNoText_Fails()
    {
        var failure = await Assert.ThrowsAsync<StepFailedException>(() => new LogStep().RunAsync(JsonElement.Parse("""{"message":5}"""), _context, TestContext.Current.CancellationToken));

        Assert.Equal("'int' object has no attribute 'replace'", failure.Message);
    }
}
