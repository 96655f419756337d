using PyAirtable.Cost.Model;

namespace PyAirtable.Load.Tests.Cost;

public sealed class StackTests
{
    [Theory]
    [InlineData("Native, three services, ARM", "mcp-server")]
    [InlineData("Native, four services, ARM", "mcp-server-python")]
    [InlineData("Native, all in one, ARM", "mcp-server-python")]
    public void All_PythonMcpServer_AnswersWhatNoNativeOneDoes(string name, string requests)
    {
        var stack = Stack.All.Single(stack => stack.Name == name);

        Assert.Equal([requests], stack.Groups.Single(group => group.Name == "mcp-server (Python)").Serves);
        Assert.Single(stack.Groups, group => group.Serves.Contains("mcp-server"));
    }

    [Fact]
    public void All_EveryService_IsAnsweredOnce() =>
        Assert.All(Stack.All, stack => Assert.Distinct(stack.Groups.SelectMany(group => group.Serves)));
}
