using PyAirtable.Load.Comparison;

namespace PyAirtable.Load.Tests.Comparison;

public sealed class RouteFiguresTests
{
    [Fact]
    public void Of_ProcessorTime_IsThatOfAThousandRequestsGoodAndFailed()
    {
        var figures = RouteFigures.Of(Results.Of100);

        // 0.2 seconds for 99 good ones and a failed one.
        Assert.Equal(new RouteFigures(10, 2, 1.5, 5, 9, 1), figures);
    }
}
