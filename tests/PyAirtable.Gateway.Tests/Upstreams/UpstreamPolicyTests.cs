using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Polly.CircuitBreaker;
using Prometheus;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Upstreams;

public sealed class UpstreamPolicyTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData("http://10.0.0.1:80")]
    [InlineData("http://10.0.0.1:80,http://10.0.0.2:80,http://10.0.0.3:80")]
    [InlineData("http://name:80")]
    public async Task Call_WhenAllIsWell_AllocatesNothing(string urls)
    {
        var policy = Make(urls);
        await policy.AdmitPollAsync(CancellationToken.None);
        Call(100);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Call(1000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(0, policy.InFlight);

        void Call(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var admitted = policy.AdmitAsync(CancellationToken.None);
                Assert.True(admitted.IsCompletedSuccessfully);
                var admission = admitted.Result;
                var address = policy.Pick();
                policy.ReportAnswer(admission, address, 200);
                policy.Leave(admission, address);
            }
        }
    }

    [Fact]
    public async Task Admit_WhenTheCircuitIsOpen_RefusesByName()
    {
        var policy = Make("http://10.0.0.1:80");
        for (var i = 0; i < 20; i++)
        {
            await FailAsync(policy);
        }

        var admission = await policy.AdmitAsync(CancellationToken.None);

        Assert.Equal(new UpstreamFailure(503, "test-upstream is not available at the moment", TimeSpan.FromSeconds(5)), admission.Refusal);
        Assert.Null((await policy.AdmitPollAsync(CancellationToken.None)).Refusal);
        Assert.Equal(0, policy.InFlight);
    }

    [Fact]
    public async Task Leave_OfAProbeWithoutAnOutcome_OpensTheCircuitAgain()
    {
        var policy = Make("http://10.0.0.1:80");
        for (var i = 0; i < 20; i++)
        {
            await FailAsync(policy);
        }
        _time.Advance(TimeSpan.FromSeconds(5));

        var admission = await policy.AdmitAsync(CancellationToken.None);
        Assert.NotNull(admission.Probe);
        policy.Leave(admission, policy.Pick());

        await Eventually.TrueAsync(() => policy.Circuit == CircuitState.Open);
        Assert.Equal(0, policy.InFlight);
    }

    [Fact]
    public async Task Admit_WhileWaitingForAPlaceTheCircuitOpens_IsRefused()
    {
        var policy = Make("http://10.0.0.1:80", new UpstreamSettings { MaxConnections = 20 });
        var inside = new List<(Admission Admission, UpstreamAddress Address)>();
        for (var i = 0; i < 20; i++)
        {
            inside.Add((await policy.AdmitAsync(CancellationToken.None), policy.Pick()));
        }
        var waits = policy.AdmitAsync(CancellationToken.None);
        Assert.False(waits.IsCompleted);

        foreach (var (admission, address) in inside)
        {
            policy.ReportFailure(admission, address, CallOutcome.TimedOut, 1, false, false);
        }
        await Eventually.TrueAsync(() => policy.Circuit == CircuitState.Open);
        foreach (var (admission, address) in inside)
        {
            policy.Leave(admission, address);
        }

        Assert.Equal(503, (await waits).Refusal?.Status);
        Assert.Equal(0, policy.InFlight);
    }

    [Fact]
    public async Task Admit_WithoutAnAddress_FailsAndCountsForTheCircuit()
    {
        var policy = Make("http://nowhere:80");

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(UpstreamFailure.UnknownName, (await policy.AdmitAsync(CancellationToken.None)).Refusal);
        }

        Assert.Equal(503, (await policy.AdmitAsync(CancellationToken.None)).Refusal?.Status);
    }

    [Fact]
    public async Task ReportFailure_ThatIsRetried_CountsForTheAddressOnly()
    {
        var policy = Make("http://10.0.0.1:80,http://10.0.0.2:80");
        var bad = IPAddress.Parse("10.0.0.1");
        for (var i = 0; i < 100; i++)
        {
            var admission = await policy.AdmitAsync(CancellationToken.None);
            var address = policy.Pick();
            if (address.EndPoint!.Address.Equals(bad))
            {
                Assert.True(policy.ReportFailure(admission, address, CallOutcome.ConnectFailed, 1, idempotent: false, replayable: false));
                address = policy.Pick(address);
                Assert.NotEqual(bad, address.EndPoint!.Address);
            }
            policy.ReportAnswer(admission, address, 200);
            policy.Leave(admission, address);
        }

        Assert.Equal(CircuitState.Closed, policy.Circuit);
        Assert.Equal(1, policy.Ejected);
        Assert.All(policy.Addresses.ToArray(), address => Assert.Equal(0, address.InFlight));
    }

    [Fact]
    public async Task ReportFailure_OfTheSecondAttempt_GivesUp()
    {
        var policy = Make("http://10.0.0.1:80,http://10.0.0.2:80");
        var admission = await policy.AdmitAsync(CancellationToken.None);
        var address = policy.Pick();

        Assert.True(policy.ReportFailure(admission, address, CallOutcome.Broken, 1, idempotent: true, replayable: true));
        Assert.False(policy.ReportFailure(admission, policy.Pick(address), CallOutcome.Broken, 2, idempotent: true, replayable: true));
    }

    [Fact]
    public async Task ReportFailure_WithoutABudget_GivesUp()
    {
        var policy = Make("http://10.0.0.1:80", new UpstreamSettings { RetryPercent = 0, RetryMinPerSecond = 0 });
        var admission = await policy.AdmitAsync(CancellationToken.None);

        Assert.False(policy.ReportFailure(admission, policy.Pick(), CallOutcome.Broken, 1, idempotent: true, replayable: true));
    }

    private static async Task FailAsync(UpstreamPolicy policy)
    {
        var admission = await policy.AdmitAsync(CancellationToken.None);
        var address = policy.Pick();
        policy.ReportFailure(admission, address, CallOutcome.ConnectFailed, 1, true, true);
        policy.Leave(admission, address);
    }

    private UpstreamPolicy Make(string urls, UpstreamSettings? settings = null) => new(
        new Upstream("test-upstream", urls, TimeSpan.FromSeconds(1)),
        settings ?? new UpstreamSettings(),
        static (host, _) => Task.FromResult<IPAddress[]>(host == "nowhere" ? [] : [IPAddress.Loopback]),
        new UpstreamCounters(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()), "test-upstream"),
        _time,
        NullLogger.Instance);
}
