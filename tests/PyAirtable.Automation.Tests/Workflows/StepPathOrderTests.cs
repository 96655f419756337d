using PyAirtable.Automation.Workflows;

namespace PyAirtable.Automation.Tests.Workflows;

public sealed class StepPathOrderTests
{
    [Fact]
    public void Compare_Paths_AreInTheOrderOfTheirNumbers()
    {
        string[] ordered = ["1", "2", "3", "3.1", "3.2", "3.2.1", "3.10", "4", "10"];

        Assert.Equal(ordered, ordered.Order(StringComparer.Ordinal).Order(StepPathOrder.Instance));
    }
}
