using PyAirtable.Platform.Ingestion;

namespace PyAirtable.Platform.Tests.Ingestion;

public sealed class SubmissionQueueTests
{
    [Fact]
    public void TakeBatch_ManyRows_StopsAtTheBoundOfRows()
    {
        var queue = Make(new IngestionOptions { MaxBatchRows = 3 }, 2, 1, 1);

        Assert.Equal([2, 1], queue.TakeBatch().Select(static submission => submission.Rows.Count));
        Assert.Equal([1], queue.TakeBatch().Select(static submission => submission.Rows.Count));
        Assert.Empty(queue.TakeBatch());
    }

    [Fact]
    public void TakeBatch_ManyBytes_StopsAtTheBoundOfBytes()
    {
        var one = new Submission<Note>([new Note("text")]).Weight;
        var queue = Make(new IngestionOptions { MaxBatchBytes = 2 * one }, 1, 1, 1);

        Assert.Equal([2, 1], [queue.TakeBatch().Count, queue.TakeBatch().Count]);
    }

    [Fact]
    public void TakeBatch_RequestLargerThanTheBounds_IsTakenAlone()
    {
        var queue = Make(new IngestionOptions { MaxBatchRows = 2 }, 5, 1);

        Assert.Equal([5], queue.TakeBatch().Select(static submission => submission.Rows.Count));
    }

    [Theory]
    [InlineData(2, 1_000_000, true)]
    [InlineData(3, 1_000_000, false)]
    [InlineData(1000, 1, true)]
    public void IsFull_TwoRowsWaiting_IsByRowsAndBytes(int rows, long bytes, bool full)
    {
        var queue = Make(new IngestionOptions { MaxWaitingRows = rows, MaxWaitingBytes = bytes }, 1, 1);
        Assert.Equal((2, full), (queue.Rows, queue.IsFull));

        queue.TakeBatch();

        Assert.Equal((0, false), (queue.Rows, queue.IsFull));
    }

    private static SubmissionQueue<Note> Make(IngestionOptions options, params int[] sizes)
    {
        var queue = new SubmissionQueue<Note>(options);
        foreach (var size in sizes)
        {
            queue.Add(new Submission<Note>([.. Enumerable.Repeat(new Note("text"), size)]));
        }

        return queue;
    }
}
