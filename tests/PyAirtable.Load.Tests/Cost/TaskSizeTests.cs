using PyAirtable.Cost.Model;

namespace PyAirtable.Load.Tests.Cost;

public sealed class TaskSizeTests
{
    [Theory]
    [InlineData(0, 0, 0.25, 0.5)]
    [InlineData(0.25, 0.5, 0.25, 0.5)]
    [InlineData(0.1, 2.5, 0.5, 3)]
    [InlineData(0.26, 0.1, 0.5, 1)]
    [InlineData(5, 17, 8, 20)]
    [InlineData(16, 120, 16, 120)]
    public void For_Need_IsTheSmallestSizeSold(double vcpu, double gb, double soldVCpu, double soldGb) =>
        Assert.Equal(new TaskSize(soldVCpu, soldGb), TaskSize.For(vcpu, gb));

    [Fact]
    public void For_MoreThanIsSold_SaysSo() =>
        Assert.Equal("no task is sold with 17 vCPU and 1 GB", Assert.Throws<InputException>(() => TaskSize.For(17, 1)).Message);
}
