using PyAirtable.Platform.Sessions;

namespace PyAirtable.Platform.Tests.Sessions;

public sealed class RefreshTokenTests
{
    [Fact]
    public void New_Many_AreDistinctAndUrlSafe()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => RefreshToken.New()).ToList();

        Assert.Equal(1000, tokens.Distinct().Count());
        Assert.All(tokens, token => Assert.Matches("^[A-Za-z0-9_-]{43}=$", token));
        Assert.All(tokens, token => Assert.Equal(RefreshToken.Length, token.Length));
    }

    [Fact]
    public void HashOf_Text_IsItsSha256InHex() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", RefreshToken.HashOf("abc"));
}
