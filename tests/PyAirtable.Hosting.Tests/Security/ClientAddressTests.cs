using System.Net;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Tests.Requests;

namespace PyAirtable.Hosting.Tests.Security;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData(null, true, "10.0.0.9")]
    [InlineData("", true, "10.0.0.9")]
    [InlineData("1.2.3.4", true, "1.2.3.4")]
    [InlineData(" 1.2.3.4 , 5.6.7.8", true, "1.2.3.4")]
    [InlineData("2001:db8::1", true, "2001:db8::1")]
    [InlineData("1.2.3.4", false, "10.0.0.9")]
    [InlineData("unknown", true, "10.0.0.9")]
    [InlineData("1", true, "10.0.0.9")]
    [InlineData("0x7f.0.0.1", true, "10.0.0.9")]
    [InlineData("1.2.3.4:80", true, "10.0.0.9")]
    [InlineData("fe80::1%eth0", true, "10.0.0.9")]
    [InlineData(",1.2.3.4", true, "10.0.0.9")]
    [InlineData("0000:0000:0000:0000:0000:0000:0000:0000:000001", true, "10.0.0.9")]
    public void Of_AnyHeader_IsAnAddress(string? forwarded, bool trust, string expected) =>
        Assert.Equal(expected, ClientAddress.Of(From("::ffff:10.0.0.9", forwarded).Http, trust));

    [Fact]
    public void Of_NoPeer_IsUnknown() => Assert.Equal("unknown", ClientAddress.Of(new Exchange().Http, trustForwarded: true));

    [Theory]
    [InlineData(null, "*", "10.0.0.9")]
    [InlineData("any text, 1.2.3.4", "*", "any text, 1.2.3.4")]
    [InlineData("any text", "", "10.0.0.9")]
    [InlineData("1.2.3.4", "10.0.0.8", "10.0.0.9")]
    [InlineData(null, "10.0.0.9", "10.0.0.9")]
    [InlineData("", "10.0.0.9", "10.0.0.9")]
    [InlineData("1.2.3.4", "10.0.0.0/8", "1.2.3.4")]
    [InlineData("6.6.6.6, 1.2.3.4, 10.7.7.7", "10.0.0.0/8", "1.2.3.4")]
    [InlineData("nonsense", "10.0.0.0/8", "10.0.0.9")]
    public void LimitKey_AnyHeader_IsTheClientOrItsWholeText(string? forwarded, string trusted, string expected) =>
        Assert.Equal(expected, ClientAddress.LimitKey(From("::ffff:10.0.0.9", forwarded).Http, Peers(trusted)));

    [Fact]
    public void LimitKey_SecondLineOfAProxy_IsTheEndOfTheChain() =>
        Assert.Equal("1.2.3.4", ClientAddress.LimitKey(From("10.0.0.9", "6.6.6.6").With("X-Forwarded-For", "1.2.3.4").Http, Peers("10.0.0.0/8")));

    [Fact]
    public void LimitKey_NoPeer_IsUnknownUnlessAllAreTrusted()
    {
        var exchange = new Exchange().With("X-Forwarded-For", "1.2.3.4");

        Assert.Equal("unknown", ClientAddress.LimitKey(exchange.Http, Peers("0.0.0.0/0,::/0")));
        Assert.Equal("1.2.3.4", ClientAddress.LimitKey(exchange.Http, TrustedPeers.All));
    }

    [Fact]
    public void LimitKey_HugeHeader_IsThePeer() =>
        Assert.Equal("10.0.0.9", ClientAddress.LimitKey(From("10.0.0.9", new string('x', 257)).Http, TrustedPeers.All));

    private static TrustedPeers Peers(string text) => TrustedPeers.TryParse(text, out var peers) ? peers : TrustedPeers.None;

    private static Exchange From(string peer, string? forwarded)
    {
        var exchange = new Exchange();
        exchange.Http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        return forwarded is null ? exchange : exchange.With("X-Forwarded-For", forwarded);
    }
}
