using PyAirtable.Load.Scenarios;

namespace PyAirtable.Load.Tests.Scenarios;

public sealed class DataFeedTests
{
    [Fact]
    public void GetNextItem_Circular_BeginsAgain()
    {
        var feed = DataFeed<string>.Circular(["a", "b", "c"]);

        Assert.Equal(["a", "b", "c", "a"], Enumerable.Range(0, 4).Select(_ => feed.GetNextItem()));
    }

    [Fact]
    public void GetNextItem_Random_GivesAllOfThem()
    {
        var feed = DataFeed<int>.Random([1, 2, 3], new Random(1));

        Assert.Equal([1, 2, 3], Enumerable.Range(0, 100).Select(_ => feed.GetNextItem()).Distinct().Order());
    }
}
