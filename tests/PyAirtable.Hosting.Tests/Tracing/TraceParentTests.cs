using PyAirtable.Hosting.Tracing;

namespace PyAirtable.Hosting.Tests.Tracing;

public sealed class TraceParentTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Parent = "00f067aa0ba902b7";

    [Theory]
    [InlineData($"00-{Trace}-{Parent}-01", true)]
    [InlineData($"00-{Trace}-{Parent}-00", false)]
    [InlineData($"00-{Trace}-{Parent}-03", true)]
    [InlineData($"00-{Trace}-{Parent}-fe", false)]
    [InlineData($"cc-{Trace}-{Parent}-01", true)]
    [InlineData($"cc-{Trace}-{Parent}-01-what-comes", true)]
    public void TryParse_RightHeader_IsWrittenBackAsVersion00(string header, bool sampled)
    {
        Assert.True(TraceParent.TryParse(header, out var parent));
        Assert.Equal(sampled, parent.Sampled);
        Assert.Equal($"00-{Trace}-{Parent}-0{(sampled ? 1 : 0)}", parent.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData($"ff-{Trace}-{Parent}-01")]
    [InlineData($"00-00000000000000000000000000000000-{Parent}-01")]
    [InlineData($"00-{Trace}-0000000000000000-01")]
    [InlineData($"00-4BF92F3577B34DA6A3CE929D0E0E4736-{Parent}-01")]
    [InlineData($"00-{Trace}-{Parent}-1")]
    [InlineData($"00-{Trace}-{Parent}-0g")]
    [InlineData($"00-{Trace}-{Parent}-01-more")]
    [InlineData($"00-{Trace}-{Parent}-01 ")]
    [InlineData($"cc-{Trace}-{Parent}-01.what")]
    [InlineData($"00_{Trace}-{Parent}-01")]
    [InlineData($"0-{Trace}-{Parent}-001")]
    public void TryParse_WrongHeader_IsRefused(string? header) => Assert.False(TraceParent.TryParse(header, out _));

    [Fact]
    public void Child_OfATrace_KeepsAllButTheParentId()
    {
        Assert.True(TraceParent.TryParse($"00-{Trace}-{Parent}-01", out var parent));

        var child = parent.Child().ToString();
        Assert.StartsWith($"00-{Trace}-", child, StringComparison.Ordinal);
        Assert.EndsWith("-01", child, StringComparison.Ordinal);
        Assert.DoesNotContain(Parent, child, StringComparison.Ordinal);
    }

    [Fact]
    public void New_Twice_GivesDifferentRightHeaders()
    {
        var one = TraceParent.New();

        Assert.True(TraceParent.TryParse(one.ToString(), out var read));
        Assert.Equal(one, read);
        Assert.NotEqual(one, TraceParent.New());
        Assert.False(TraceParent.New(sampled: false).Sampled);
    }

    [Fact]
    public void TryFormat_Room_DecidesAndNothingIsAllocated()
    {
        Assert.False(TraceParent.New().TryFormat(new char[54]));
        var header = new char[TraceParent.Length];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var written = TraceParent.New().Child().TryFormat(header) && TraceParent.TryParse(header, out _);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(written);
        Assert.Equal(0, allocated);
    }
}
