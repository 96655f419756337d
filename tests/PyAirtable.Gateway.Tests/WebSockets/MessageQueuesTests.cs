using PyAirtable.Gateway.WebSockets.Delivery;

namespace PyAirtable.Gateway.Tests.WebSockets;

public sealed class MessageQueuesTests
{
    [Fact]
    public void Add_BeyondTheSessions_DropsTheQueueThatWasAddedToLongestAgo()
    {
        var queues = new MessageQueues(() => 10, maxSessions: 2);
        queues.Add("a", Message(1));
        queues.Add("b", Message(2));
        queues.Add("a", Message(3));
        queues.Add("c", Message(4));

        Assert.Equal(3, queues.Count);
        Assert.Empty(queues.Take("b"));
        Assert.Equal(2, queues.Take("a").Count);
        Assert.Single(queues.Take("c"));
        Assert.Equal(0, queues.Count);
    }

    [Fact]
    public void Add_BeyondTheBytes_DropsOtherQueuesFirst_ThenTheOldestOfTheOwn()
    {
        var queues = new MessageQueues(() => 10, maxBytes: 100);
        queues.Add("a", Message(1, 40));
        queues.Add("b", Message(2, 40));
        queues.Add("b", Message(3, 40));
        queues.Add("b", Message(4, 40));

        Assert.Empty(queues.Take("a"));
        Assert.Equal([3, 4], queues.Take("b").Select(message => message.Priority));
    }

    [Fact]
    public void Add_OneMessageLargerThanAll_IsKept()
    {
        var queues = new MessageQueues(() => 10, maxBytes: 100);
        queues.Add("a", Message(1, 1000));

        Assert.Single(queues.Take("a"));
    }

    [Fact]
    public void Sweep_DropsWhatIsTooOld()
    {
        var queues = new MessageQueues(() => 10);
        queues.Add("a", Message(1) with { Expires = 1000 });
        queues.Add("a", Message(2) with { Expires = 2000 });
        queues.Add("b", Message(3) with { Expires = 1000 });

        queues.Sweep(DateTimeOffset.FromUnixTimeMilliseconds(1000));

        Assert.Equal(1, queues.Count);
        Assert.Equal([2], queues.Take("a").Select(message => message.Priority));
    }

    private static QueuedMessage Message(int priority, int bytes = 1) => new(new byte[bytes], priority, long.MaxValue);
}
