using PyAirtable.Hosting.Requests;

namespace PyAirtable.Hosting.Tests.Requests;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ada@example.com", "ada@example.com")]
    [InlineData("Ada.L@Example.COM", "Ada.L@example.com")]
    [InlineData("  ada@example.com ", "ada@example.com")]
    [InlineData("Ada Lovelace <ada@Example.com>", "ada@example.com")]
    [InlineData("\"Lovelace, Ada\" <ada@example.com>", "ada@example.com")]
    [InlineData("<ada@example.com>", "ada@example.com")]
    [InlineData("a+b!#$%&'*/=?^_`{|}~-@x.co", "a+b!#$%&'*/=?^_`{|}~-@x.co")]
    [InlineData("jürgen@Müller.de", "jürgen@müller.de")]
    [InlineData("a@xn--mller-kva.de", "a@xn--mller-kva.de")]
    public void TryNormalise_GoodAddress_IsNormalised(string text, string expected)
    {
        Assert.True(EmailAddress.TryNormalise(text, out var address, out _));
        Assert.Equal(expected, address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@")]
    [InlineData("ada@")]
    [InlineData("@example.com")]
    [InlineData("ada@example")]
    [InlineData("ada@localhost")]
    [InlineData("ada@x.localhost")]
    [InlineData("ada@printer.local")]
    [InlineData("ada@x.test")]
    [InlineData("ada@x.invalid")]
    [InlineData("ada@1.0.0.127.in-addr.arpa")]
    [InlineData("ada@127.0.0.1")]
    [InlineData("ada@[127.0.0.1]")]
    [InlineData("a b@example.com")]
    [InlineData("ada@exam ple.com")]
    [InlineData("ada @example.com")]
    [InlineData(".ada@example.com")]
    [InlineData("ada.@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("ada@example..com")]
    [InlineData("ada@.com")]
    [InlineData("ada@example.com.")]
    [InlineData("ada@-example.com")]
    [InlineData("ada@example-.com")]
    [InlineData("ada@exa_mple.com")]
    [InlineData("a@b@example.com")]
    [InlineData("\"a b\"@example.com")]
    [InlineData("Ada <ada@example.com> x")]
    [InlineData("Ada <>")]
    [InlineData("a@b <ada@example.com>")]
    [InlineData("ada@exa\u0000mple.com")]
    [InlineData("ada@exa\u200bmple.com")]
    [InlineData("ada@exa\ud83d\ude00mple.com")]
    public void TryNormalise_BadAddress_HasAReason(string text)
    {
        Assert.False(EmailAddress.TryNormalise(text, out var address, out var reason));
        Assert.Null(address);
        Assert.NotEmpty(reason);
    }

    [Theory]
    [InlineData(64, 60, true)]
    [InlineData(65, 60, false)]
    [InlineData(10, 63, true)]
    [InlineData(10, 64, false)]
    public void TryNormalise_LongParts_AreBounded(int local, int label, bool good) =>
        Assert.Equal(good, EmailAddress.TryNormalise($"{new string('a', local)}@{new string('b', label)}.com", out _, out _));

    [Fact]
    public void TryNormalise_Over254Bytes_IsRefused()
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('b', 60), 4));
        Assert.True(EmailAddress.TryNormalise($"{new string('a', 10)}@{domain}", out _, out _));
        Assert.False(EmailAddress.TryNormalise($"{new string('a', 11)}@{domain}", out _, out _));
    }
}
