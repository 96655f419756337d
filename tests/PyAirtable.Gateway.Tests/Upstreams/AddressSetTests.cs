using System.Net;
using PyAirtable.Gateway.Upstreams;

namespace PyAirtable.Gateway.Tests.Upstreams;

public sealed class AddressSetTests
{
    private const long Now = 1000;

    private static readonly UpstreamEndpoint Endpoint = UpstreamEndpoint.ParseList("http://tasks:80")[0];

    public static TheoryData<string, string[], int[], string[]> Choices => new()
    {
        { "all are well", ["10.0.0.1", "10.0.0.2", "10.0.0.3"], [], ["10.0.0.1", "10.0.0.2", "10.0.0.3"] },
        { "one of three is left out", ["10.0.0.1", "10.0.0.2", "10.0.0.3"], [1], ["10.0.0.1", "10.0.0.3"] },
        { "half are left out", ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"], [0, 1], ["10.0.0.3", "10.0.0.4"] },
        { "panic: more than half", ["10.0.0.1", "10.0.0.2", "10.0.0.3"], [0, 1], ["10.0.0.1", "10.0.0.2", "10.0.0.3"] },
        { "panic: all", ["10.0.0.1", "10.0.0.2"], [0, 1], ["10.0.0.1", "10.0.0.2"] },
        { "one address is never left out", ["10.0.0.1"], [0], ["10.0.0.1"] },
        { "IPv6 is spare beside IPv4", ["::1", "127.0.0.1"], [], ["127.0.0.1"] },
        { "IPv6 takes over", ["::1", "127.0.0.1"], [1], ["::1"] },
        { "panic of both kinds stays with IPv4", ["::1", "127.0.0.1"], [0, 1], ["127.0.0.1"] },
        { "IPv6 alone is no spare", ["fd00::1", "fd00::2"], [], ["fd00::1", "fd00::2"] },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void Choose_Table(string name, string[] addresses, int[] ejected, string[] expected)
    {
        var all = Make(addresses);
        foreach (var index in ejected)
        {
            all[index].TryEject(Now, 100, 1000);
        }
        var set = new AddressSet(all);

        var chosen = Enumerable.Range(0, 300).Select(_ => Text(set.Choose(Now, null))).Distinct().Order();

        Assert.True(expected.Order().SequenceEqual(chosen), name);
    }

    [Theory]
    [InlineData(new[] { "10.0.0.1", "10.0.0.2" }, 0, "10.0.0.2")]
    [InlineData(new[] { "127.0.0.1", "::1" }, 0, "::1")]
    [InlineData(new[] { "10.0.0.1" }, 0, "10.0.0.1")]
    public void Choose_AfterAFailure_TakesAnother(string[] addresses, int failed, string expected)
    {
        var all = Make(addresses);

        Assert.Equal(expected, Text(new AddressSet(all).Choose(Now, all[failed])));
    }

    [Fact]
    public void Choose_OfTwo_TakesTheLessBusy()
    {
        var all = Make("10.0.0.1", "10.0.0.2");
        var set = new AddressSet(all);
        all[0].Enter();

        Assert.All(Enumerable.Range(0, 100), _ => Assert.Same(all[1], set.Choose(Now, null)));
    }

    [Fact]
    public void Choose_AfterTheTimeOfAnEjection_UsesTheAddressAgain()
    {
        var all = Make("10.0.0.1", "10.0.0.2");
        var set = new AddressSet(all);
        all[0].TryEject(Now, 100, 1000);

        Assert.All(Enumerable.Range(0, 100), _ => Assert.Same(all[1], set.Choose(Now + 99, null)));
        Assert.Contains(Enumerable.Range(0, 300), _ => set.Choose(Now + 100, null) == all[0]);
    }

    private static UpstreamAddress[] Make(params string[] addresses) => Array.ConvertAll(addresses, ip => new UpstreamAddress(Endpoint, IPAddress.Parse(ip)));

    private static string Text(UpstreamAddress address) => address.EndPoint!.Address.ToString();
}
