using PyAirtable.Load.Upstream;

namespace PyAirtable.Load.Tests.Upstream;

public sealed class RecordTableTests
{
    private readonly RecordTable _table = new();

    [Fact]
    public void Add_Many_IsBoundedAndKeepsTheFirst()
    {
        for (var number = 0; number < 5_000; number++)
        {
            _table.Add("{}"u8.ToArray());
        }

        var records = _table.First(10_000);
        Assert.Equal(1_100, records.Length);
        Assert.Equal("rec00000000000001", records[0].Id);
        Assert.Equal("rec" + 5_100.ToString("x14"), records[^1].Id);
    }

    [Fact]
    public void Change_Known_IsSeenAndUnknownIsNone()
    {
        Assert.Null(_table.Change("recNone", []));
        Assert.Same(_table.First(1)[0], _table.Change("rec00000000000001", "{\"a\":1}"u8.ToArray()));
        Assert.Equal("{\"a\":1}"u8.ToArray(), _table.First(1)[0].Fields);
    }

    [Fact]
    public void Remove_Record_IsGone()
    {
        Assert.True(_table.Remove("rec00000000000002"));
        Assert.False(_table.Remove("rec00000000000002"));
        Assert.Equal(99, _table.First(1000).Length);
    }
}
