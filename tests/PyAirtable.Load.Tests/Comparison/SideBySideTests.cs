using PyAirtable.Load.Comparison;

namespace PyAirtable.Load.Tests.Comparison;

public sealed class SideBySideTests
{
    private static readonly SideBySide Sides3 = Sides.Of(
        (Sides.Side(start: 10), Sides.Side(start: 100)),
        (Sides.Side(start: 40), Sides.Side(start: 200)),
        (Sides.Side(start: 90, failed: 2), Sides.Side(start: 180)));

    [Fact]
    public void Ours_OddRounds_IsTheMedian() => Assert.Equal(40, Sides3.Ours(side => side.StartMilliseconds));

    [Fact]
    public void Python_OddRounds_IsTheMedian() => Assert.Equal(180, Sides3.Python(side => side.StartMilliseconds));

    [Fact]
    public void Ratio_OddRounds_IsTheMedianOfThoseWithinRounds() => Assert.Equal(0.2, Sides3.Ratio(side => side.StartMilliseconds), 9);

    [Fact]
    public void Ours_EvenRounds_IsBetweenTheTwoInTheMiddle()
    {
        var sides = Sides.Of((Sides.Side(start: 10), Sides.Side()), (Sides.Side(start: 30), Sides.Side()));

        Assert.Equal(20, sides.Ours(side => side.StartMilliseconds));
    }

    [Fact]
    public void Failed_OfAllRoutesOfASide_IsTheSum()
    {
        Assert.Equal(2 * ComparedRoutes.All.Count, Sides3.Failed(ComparedSide.Ours));
        Assert.Equal(0, Sides3.Failed(ComparedSide.Python));
    }
}
