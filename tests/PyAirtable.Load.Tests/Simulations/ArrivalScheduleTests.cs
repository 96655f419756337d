using PyAirtable.Load.Simulations;

namespace PyAirtable.Load.Tests.Simulations;

public sealed class ArrivalScheduleTests
{
    [Fact]
    public void DueAt_ConstantRate_IsEvenlySpread()
    {
        var schedule = new ArrivalSchedule(20_000, 20_000, TimeSpan.FromSeconds(10));

        Assert.Equal([0, 0.00005, 0.5, 9.99995], new long[] { 0, 1, 10_000, 199_999 }.Select(number => Math.Round(schedule.DueAt(number), 9)));
        Assert.Equal(double.PositiveInfinity, schedule.DueAt(200_000));
    }

    [Fact]
    public void DueAt_RampFromNothing_GrowsWithTheSquareOfTime()
    {
        // 50·t²/10 are due before t: 5 after a second, 500 after ten.
        var schedule = new ArrivalSchedule(0, 100, TimeSpan.FromSeconds(10));

        Assert.Equal(500, schedule.Total);
        Assert.Equal([0, 1, 2], new long[] { 0, 5, 20 }.Select(number => Math.Round(schedule.DueAt(number), 9)));
        Assert.Equal(double.PositiveInfinity, schedule.DueAt(500));
    }

    [Fact]
    public void DueAt_RampDown_EndsWithinItsTime()
    {
        var schedule = new ArrivalSchedule(100, 0, TimeSpan.FromSeconds(10));

        var dues = Enumerable.Range(0, 500).Select(number => schedule.DueAt(number)).ToList();

        Assert.Equal(dues.Order(), dues);
        Assert.InRange(dues[^1], 9, 10);
        // 100·t − 5·t² are due before t.
        Assert.Equal(95, (int)Math.Round((100 * schedule.DueAt(95)) - (5 * Math.Pow(schedule.DueAt(95), 2))));
    }

    [Fact]
    public void DueAt_RateOfZero_HasNone() => Assert.Equal(double.PositiveInfinity, new ArrivalSchedule(0, 0, TimeSpan.FromSeconds(1)).DueAt(0));

    [Theory]
    [InlineData(true, 30)]
    [InlineData(false, 40)]
    public void Of_Simulation_BeginsAtTheRateBeforeOnlyWhenRamping(bool ramping, double total)
    {
        var (second, during) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        var simulation = ramping ? Simulation.RampingInject(20, second, during) : Simulation.Inject(20, second, during);

        Assert.Equal(total, ArrivalSchedule.Of(simulation, before: 10).Total);
    }
}
