using PyAirtable.Load.Loop;
using PyAirtable.Load.Simulations;

namespace PyAirtable.Load.Tests.Simulations;

public sealed class InjectorTests
{
    [Fact]
    public void RunAsync_Schedule_BeginsEachOnceInOrderAndNoneBeforeItIsDue()
    {
        var schedule = new ArrivalSchedule(5_000, 20_000, TimeSpan.FromSeconds(0.2));
        var (dues, early) = (new List<long>(), 0);

        LoadLoop.Run(async loop =>
        {
            await new Injector(loop, schedule, due =>
            {
                dues.Add(due);
                early += due > LoadClock.Now ? 1 : 0;
            }, CancellationToken.None).RunAsync();
            return 0;
        });

        Assert.Equal(2_500, dues.Count);
        Assert.Equal(0, early);
        Assert.Equal(
            Enumerable.Range(0, 2_500).Select(number => (long)(schedule.DueAt(number) * LoadClock.Second)),
            dues.Select(due => due - dues[0]));
    }

    [Fact]
    public void RunAsync_Cancelled_Ends()
    {
        using var cancel = new CancellationTokenSource();
        var begun = 0;

        LoadLoop.Run(async loop =>
        {
            await new Injector(loop, new ArrivalSchedule(1_000, 1_000, TimeSpan.FromHours(1)), _ =>
            {
                if (++begun == 5)
                {
                    cancel.Cancel();
                }
            }, cancel.Token).RunAsync();
            return 0;
        });

        Assert.Equal(5, begun);
    }
}
