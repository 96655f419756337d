using PyAirtable.Bench.Goals;
using PyAirtable.Cost.Model;
using PyAirtable.Cost.Reports;

namespace PyAirtable.Load.Tests.Cost;

public sealed class CostGoalsTests
{
    [Fact]
    public void Tell_Bills_AreJudgedByTheirGoal()
    {
        var report = new BenchReport("test");

        CostGoals.Tell(report, [Of("dear", 210, goal: 200), Of("cheap", 120, goal: 150), Of("without", 500, goal: 0)]);

        Assert.Equal(["a month: dear, 210 USD, 200 USD (goal), 1.05, fall short", "a month: cheap, 120 USD, 150 USD (goal), 0.800, pass"], report.Goals.Select(goal => goal.ToString()));
        Assert.Equal(["tasks: 2 × 105", "210.00"], report.Tables[0].Rows[0]);
    }

    private static Bill Of(string name, double usd, double goal) => new(new Stack(name, "arm", [], goal), [new("tasks", $"2 × {usd / 2}", usd)], 1e6);
}
