using System.Net;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Upstreams;

public sealed class OutlierEjectionTests
{
    private readonly ManualTime _time = new();
    private readonly UpstreamAddress _address = new(UpstreamEndpoint.ParseList("http://tasks:80")[0], IPAddress.Loopback);

    [Fact]
    public void Report_OfFailuresInARow_EjectsAtTheFifth()
    {
        var ejection = new OutlierEjection(new UpstreamSettings(), _time);
        CallOutcome[] failures = [CallOutcome.ConnectFailed, CallOutcome.TimedOut, CallOutcome.Answered(503), CallOutcome.Broken];

        Assert.All(failures, failure => Assert.False(ejection.Report(_address, failure, 2)));
        Assert.False(IsEjected);
        Assert.True(ejection.Report(_address, CallOutcome.Answered(502), 2));
        Assert.True(IsEjected);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public void Report_OfAnAnswerBetween_StartsAnew(int status)
    {
        var ejection = new OutlierEjection(new UpstreamSettings(), _time);

        for (var i = 0; i < 20; i++)
        {
            Assert.False(ejection.Report(_address, i % 5 == 4 ? CallOutcome.Answered(status) : CallOutcome.TimedOut, 2));
        }
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 0)]
    public void Report_OfTheOnlyAddressOrWhenOff_EjectsNothing(int addresses, int failures)
    {
        var ejection = new OutlierEjection(new UpstreamSettings { EjectionFailures = failures }, _time);

        Assert.All(Enumerable.Range(0, 100), _ => Assert.False(ejection.Report(_address, CallOutcome.ConnectFailed, addresses)));
    }

    [Fact]
    public void Report_OfRepeatedEjections_GrowsToFiveMinutes()
    {
        var ejection = new OutlierEjection(new UpstreamSettings { EjectionTime = TimeSpan.FromSeconds(100) }, _time);
        Fail(ejection, 4);

        foreach (var expected in (int[])[100, 200, 300, 300])
        {
            Assert.True(ejection.Report(_address, CallOutcome.ConnectFailed, 2));
            _time.Advance(TimeSpan.FromSeconds(expected) - TimeSpan.FromMilliseconds(1));
            Assert.True(IsEjected);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.False(IsEjected);
        }
    }

    [Fact]
    public void Report_AfterALongTimeInUse_StartsWithTheShortTimeAgain()
    {
        var ejection = new OutlierEjection(new UpstreamSettings(), _time);
        Fail(ejection, 5);
        _time.Advance(TimeSpan.FromSeconds(10));
        ejection.Report(_address, CallOutcome.Answered(200), 2);
        _time.Advance(TimeSpan.FromMinutes(6));

        Fail(ejection, 5);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.False(IsEjected);
    }

    private bool IsEjected => _address.IsEjected(_time.GetTimestamp());

    private void Fail(OutlierEjection ejection, int times)
    {
        for (var i = 0; i < times; i++)
        {
            ejection.Report(_address, CallOutcome.ConnectFailed, 2);
        }
    }
}
