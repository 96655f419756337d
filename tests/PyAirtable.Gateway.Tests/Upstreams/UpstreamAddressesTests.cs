using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Upstreams;

public sealed class UpstreamAddressesTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ManualTime _time = new();
    private readonly Dictionary<string, string[]?> _names = [];
    private int _lookUps;

    [Fact]
    public void Current_OfLiterals_IsReadyWithoutALookUp()
    {
        var addresses = Make("http://10.0.0.1:80,http://10.0.0.2:81/x");

        Assert.True(addresses.IsReady());
        Assert.Equal("10.0.0.1:80 10.0.0.2:81", Text(addresses));
        Assert.Equal("http://10.0.0.2:81/x/a%2Fb?c", addresses.Current.All[1].UriOf("/a%2Fb?c").OriginalString);
        Assert.Equal(0, _lookUps);
    }

    [Fact]
    public async Task RefreshAsync_OfNames_TakesAllAddresses()
    {
        (_names["a"], _names["b"]) = (["10.0.0.1", "10.0.0.2"], ["10.0.1.1"]);
        var addresses = Make("http://a:80,http://b:81");

        Assert.False(addresses.IsReady());
        await addresses.RefreshAsync(CancellationToken.None);

        Assert.True(addresses.IsReady());
        Assert.Equal("10.0.0.1:80 10.0.0.2:80 10.0.1.1:81", Text(addresses));
        Assert.Equal("a", addresses.Current.All[0].Endpoint.HostHeader);
        Assert.Equal("b:81", addresses.Current.All[2].Endpoint.HostHeader);
    }

    [Fact]
    public async Task IsReady_AfterTheInterval_FollowsTheNameInTheBackground()
    {
        _names["a"] = ["10.0.0.1", "10.0.0.2"];
        var addresses = Make("http://a:80");
        await addresses.RefreshAsync(CancellationToken.None);
        var (first, second) = (addresses.Current.All[0], addresses.Current.All[1]);
        _names["a"] = ["10.0.0.2", "10.0.0.3"];

        _time.Advance(Interval);
        Assert.True(addresses.IsReady());
        Assert.Equal(1, _lookUps);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(addresses.IsReady());
        await UntilAsync(addresses, "10.0.0.2:80 10.0.0.3:80");

        Assert.Same(second, addresses.Current.All[0]);
        Assert.True(first.IsGone);
        Assert.False(second.IsGone);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RefreshAsync_ThatFails_KeepsTheLastAddresses(bool throws)
    {
        (_names["a"], _names["b"]) = (["10.0.0.1"], ["10.0.1.1"]);
        var addresses = Make("http://a:80,http://b:80");
        await addresses.RefreshAsync(CancellationToken.None);
        (_names["a"], _names["b"]) = (throws ? null : [], ["10.0.1.2"]);

        await addresses.RefreshAsync(CancellationToken.None);

        Assert.Equal("10.0.0.1:80 10.0.1.2:80", Text(addresses));
    }

    [Fact]
    public async Task IsReady_AfterALongIdleTime_AsksFirst()
    {
        _names["a"] = ["10.0.0.1"];
        var addresses = Make("http://a:80");
        await addresses.RefreshAsync(CancellationToken.None);

        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.False(addresses.IsReady());
    }

    [Fact]
    public async Task RefreshAsync_OfAnUnknownName_LeavesNone()
    {
        var addresses = Make("http://nowhere:80");

        await addresses.RefreshAsync(CancellationToken.None);

        Assert.False(addresses.IsReady());
        Assert.True(addresses.Current.All.IsEmpty);
    }

    [Fact]
    public void Current_BehindAProxy_HasTheNamesThemselves()
    {
        var addresses = new UpstreamAddresses(new Upstream("u", "http://a:80/x", Interval), Interval, null, _time, NullLogger.Instance);

        Assert.True(addresses.IsReady());
        Assert.Null(addresses.Current.All[0].EndPoint);
        Assert.Equal("http://a:80/x/y", addresses.Current.All[0].UriOf("/y").OriginalString);
    }

    private UpstreamAddresses Make(string urls) => new(new Upstream("u", urls, Interval), Interval, LookUpAsync, _time, NullLogger.Instance);

    private Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancel)
    {
        Interlocked.Increment(ref _lookUps);
        return _names.GetValueOrDefault(host) is { } found
            ? Task.FromResult(Array.ConvertAll(found, IPAddress.Parse))
            : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
    }

    private static string Text(UpstreamAddresses addresses) => string.Join(' ', addresses.Current.All.ToArray().Select(address => address.EndPoint));

    private static Task UntilAsync(UpstreamAddresses addresses, string expected) => Eventually.TrueAsync(() => Text(addresses) == expected);
}
