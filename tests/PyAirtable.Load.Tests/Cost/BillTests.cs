using PyAirtable.Cost.Model;

namespace PyAirtable.Load.Tests.Cost;

public sealed class BillTests
{
    private static readonly Stack One = new("one", "arm", [new("api", "api", ["gateway"])]);

    // Worked out by hand: 8,640,000 requests a day are 100 a second, 300 when it is busiest; at 2 ms that is 0.6 processors, of which
    // half may be in use: 1.2. A task uses one, so two tasks with 0.6 each: sold with 1. Memory: 1,000 MB and a fifth more, 1.17 GB: sold
    // with 2. A task costs 1 × $0.04 + 2 × $0.005 = $0.05 an hour, two of them for 100 hours $10.
    [Fact]
    public void Of_WorkedExample_IsTheSameToTheCent()
    {
        var bill = Bill.Of(One, Inputs());

        Assert.Equal(["api", "load balancer", "database", "Redis", "logs"], bill.Lines.Select(line => line.Name));
        double[] expected =
        [
            10,
            100 * (0.02 + (0.864 * 0.01)), // 86.4 million requests of 1,000 bytes in 100 hours: 0.864 GB an hour
            (100 * 0.03) + (10 * 0.1),
            100 * 0.02,
            8.64 * 0.5, // 100 bytes of each
        ];
        Assert.All(bill.Lines.Zip(expected), pair => Assert.Equal(pair.Second, pair.First.Usd, 6));
        Assert.Equal(23.184, bill.Total, 6);
        Assert.Equal(23.184 / 86.4, bill.PerMillion, 6);
        Assert.Equal("2 × (1 vCPU × $0.04 + 2 GB × $0.005) × 100 h; needs 1.200 vCPU together, 1.17 GB each", bill.Lines[0].Arithmetic);
    }

    [Fact]
    public void Of_TwiceTheLoad_TakesMoreTasks()
    {
        var deployment = Deployment.Of(One.Groups[0], Load(17_280_000), Inputs().Run);

        Assert.Equal((3, new TaskSize(1, 2)), (deployment.Tasks, deployment.Size));
    }

    [Fact]
    public void Of_MoreTasksForAvailability_AreThatMany()
    {
        var deployment = Deployment.Of(One.Groups[0], Load(8_640_000) with { AvailabilityTasks = 5 }, Inputs().Run);

        Assert.Equal((5, new TaskSize(0.25, 2)), (deployment.Tasks, deployment.Size));
    }

    [Fact]
    public void Of_OtherPrice_CostsOther()
    {
        var inputs = Inputs();
        inputs.Prices.Prices["fargate_arm_vcpu_hour"] = new(0.08, "a test");

        Assert.Equal(18, Bill.Of(One, inputs).Lines[0].Usd, 6);
    }

    [Fact]
    public void Of_GroupWithALeastSize_IsNotSmaller() =>
        Assert.Equal(new TaskSize(2, 8), Deployment.Of(One.Groups[0] with { AtLeast = new(2, 8) }, Load(1), Inputs().Run).Size);

    [Fact]
    public void Of_PriceMissing_SaysWhich()
    {
        var inputs = Inputs();
        inputs.Prices.Prices.Remove("alb_hour");

        Assert.Equal("the price file has no \"alb_hour\"", Assert.Throws<InputException>(() => Bill.Of(One, inputs)).Message);
    }

    private static Profile Load(double requests) => new(100, 10, new() { ["gateway"] = requests }, 3, 0.5, 0.2, 2, 1000, 10, 600, 10);

    private static Inputs Inputs() => new(
        new("a region", "a day", new()
        {
            ["fargate_arm_vcpu_hour"] = new(0.04, "a test"),
            ["fargate_arm_gb_hour"] = new(0.005, "a test"),
            ["alb_hour"] = new(0.02, "a test"),
            ["alb_lcu_hour"] = new(0.01, "a test"),
            ["rds_hour"] = new(0.03, "a test"),
            ["rds_gb_month"] = new(0.1, "a test"),
            ["elasticache_hour"] = new(0.02, "a test"),
            ["log_gb"] = new(0.5, "a test"),
        }),
        Load(8_640_000),
        new("a machine", new() { ["api"] = new(2, 1000, 100, 1, "a test") }));
}
