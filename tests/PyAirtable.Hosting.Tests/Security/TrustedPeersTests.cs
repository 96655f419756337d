using System.Net;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Hosting.Tests.Security;

public sealed class TrustedPeersTests
{
    [Theory]
    [InlineData("*", "1.2.3.4", true)]
    [InlineData("127.0.0.1, *", "1.2.3.4", true)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "::ffff:127.0.0.1", true)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1", true)]
    [InlineData("::ffff:10.0.0.0/104", "10.1.2.3", true)]
    [InlineData("127.0.0.1", "127.0.0.2", false)]
    [InlineData("127.0.0.1", "::1", false)]
    [InlineData("10.0.0.0/8,192.168.1.0/24", "192.168.1.255", true)]
    [InlineData("10.0.0.0/8,192.168.1.0/24", "192.168.2.0", false)]
    [InlineData(" 10.0.0.0/8 ,", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.0.0.4/30", "10.0.0.7", true)]
    [InlineData("10.0.0.4/30", "10.0.0.8", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("::1", "::1", true)]
    [InlineData("0.0.0.0/0", "1.2.3.4", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("::/0", "::1", true)]
    public void Contains_AnyAddress_IsByAddressOrNetwork(string list, string peer, bool expected) =>
        Assert.Equal(expected, Read(list).Contains(IPAddress.Parse(peer)));

    [Theory]
    [InlineData("0.0.0.0/0,::/0", false)]
    [InlineData("*", true)]
    public void Contains_NoAddress_OnlyWhereAllAre(string list, bool expected) => Assert.Equal(expected, Read(list).Contains(null));

    [Fact]
    public void None_ContainsNobody() => Assert.False(TrustedPeers.None.Contains(IPAddress.Loopback));

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("localhost")]
    [InlineData("10.0.0.1/8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0.0/255.0.0.0")]
    [InlineData("10.0.0")]
    [InlineData("10.0.0.256")]
    [InlineData("0x0a.0.0.1")]
    [InlineData("2001:db8::1/32")]
    [InlineData("::/129")]
    [InlineData("::ffff:0:0/64")]
    [InlineData("[::1]")]
    [InlineData("fe80::1%eth0")]
    [InlineData("10.0.0.1:80")]
    [InlineData("10.0.0.0/8 192.168.0.0/16")]
    [InlineData("*, nonsense")]
    public void TryParse_WhatIsNoAddressOrNetwork_Fails(string list)
    {
        Assert.False(TrustedPeers.TryParse(list, out var peers));
        Assert.False(peers.Contains(IPAddress.Parse("10.0.0.1")));
    }

    [Theory]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("6.6.6.6, 1.2.3.4", "1.2.3.4")]
    [InlineData("6.6.6.6, 1.2.3.4, 10.0.0.2,10.0.0.3", "1.2.3.4")]
    [InlineData("10.0.0.1, 10.0.0.2", "10.0.0.1")]
    [InlineData("2001:DB8::0:1, 10.0.0.2", "2001:db8::1")]
    [InlineData("::ffff:1.2.3.4", "1.2.3.4")]
    [InlineData("::ffff:10.0.0.1, ::ffff:10.0.0.2", "10.0.0.1")]
    [InlineData("1.2.3.4:5678, [10.0.0.2]", "1.2.3.4")]
    [InlineData("[2001:db8::1]:443", "2001:db8::1")]
    [InlineData("1.2.3.4, , ", "1.2.3.4")]
    [InlineData("6.6.6.6, unknown, 10.0.0.2", "10.0.0.2")]
    [InlineData("1.2.3.4, unknown", null)]
    [InlineData("1.2.3.4, [", null)]
    [InlineData("1.2.3.4, 0x7f.0.0.1", null)]
    [InlineData("", null)]
    [InlineData(",,", null)]
    public void ClientOf_AnyChain_IsItsRightMostStranger(string chain, string? expected) =>
        Assert.Equal(expected, Read("10.0.0.0/8").ClientOf(chain)?.ToString());

    private static TrustedPeers Read(string list)
    {
        Assert.True(TrustedPeers.TryParse(list, out var peers));
        return peers;
    }
}
