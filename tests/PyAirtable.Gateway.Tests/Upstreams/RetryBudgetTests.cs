using PyAirtable.Gateway.Upstreams;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Upstreams;

public sealed class RetryBudgetTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(20, 0, 0, 0)]
    [InlineData(20, 0, 1, 1)]
    [InlineData(20, 0, 5, 1)]
    [InlineData(20, 0, 100, 20)]
    [InlineData(20, 10, 0, 100)]
    [InlineData(20, 10, 1000, 300)]
    [InlineData(0, 0, 1000, 0)]
    public void TrySpend_AfterCalls_AllowsTheShareAndTheReserve(int percent, int minPerSecond, int calls, int expected)
    {
        var budget = new RetryBudget(percent, minPerSecond, _time);
        for (var i = 0; i < calls; i++)
        {
            budget.CountCall();
        }

        Assert.Equal(expected, Spend(budget));
    }

    [Fact]
    public void TrySpend_WhenTheWindowHasPassed_CountsAnew()
    {
        var budget = new RetryBudget(50, 0, _time);
        for (var second = 0; second < 10; second++)
        {
            budget.CountCall();
            budget.CountCall();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        // The first of the ten seconds is over.
        Assert.Equal(9, Spend(budget));
        _time.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(0, Spend(budget));
        _time.Advance(TimeSpan.FromSeconds(10));
        budget.CountCall();
        Assert.Equal(1, Spend(budget));
    }

    [Fact]
    public async Task CountCall_FromManyThreads_LosesNone()
    {
        var budget = new RetryBudget(100, 0, _time);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                budget.CountCall();
            }
        })));

        Assert.Equal(4000, Spend(budget));
    }

    private static int Spend(RetryBudget budget)
    {
        var spent = 0;
        while (budget.TrySpend())
        {
            spent++;
        }
        return spent;
    }
}
