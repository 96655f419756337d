using PyAirtable.Hosting.Security;

namespace PyAirtable.Hosting.Tests.Security;

public sealed class RevokedTokensTests
{
    private const long Now = 1_800_000_000;
    private const long Later = Now + 3600;

    private readonly SetTime _clock = new(Now);
    private readonly RevokedTokens _revoked;

    public RevokedTokensTests() => _revoked = new RevokedTokens(_clock);

    [Fact]
    public void Contains_RevokedId_IsThatTokenOnly()
    {
        var (one, other) = (Claims(7, Guid.NewGuid()), Claims(7, Guid.NewGuid()));
        _revoked.Revoke(TokenId.Of(one, "a.b.c"), Later);

        Assert.Equal((true, false), (_revoked.Contains(one, "a.b.c"), _revoked.Contains(other, "a.b.d")));
    }

    [Fact]
    public void Contains_TokenWithoutId_IsKnownByItsText()
    {
        var claims = Claims(7, id: null);
        _revoked.Revoke(TokenId.Of(claims, "a.b.c"), Later);

        Assert.Equal((true, false), (_revoked.Contains(claims, "a.b.c"), _revoked.Contains(claims, "a.b.d")));
    }

    [Theory]
    [InlineData(Now - 1, true)]
    [InlineData(Now, false)]
    [InlineData(Now + 1, false)]
    [InlineData(null, true)]
    public void Contains_UserEnded_IsWhatWasIssuedBefore(long? issuedAt, bool expected)
    {
        _revoked.RevokeBefore(7, Now, Later);
        // Told again, late.
        _revoked.RevokeBefore(7, Now - 100, Later);

        Assert.Equal(expected, _revoked.Contains(Claims(7, Guid.NewGuid()) with { IssuedAt = issuedAt }, "a.b.c"));
        Assert.False(_revoked.Contains(Claims(8, Guid.NewGuid()) with { IssuedAt = issuedAt }, "a.b.c"));
    }

    [Fact]
    public void Revoke_MoreThanItKeeps_MakesRoomWhenTheyHaveExpired()
    {
        for (var i = 0; i < 100_001; i++)
        {
            _revoked.Revoke(Guid.NewGuid(), Now + 10);
        }
        var claims = Claims(7, Guid.NewGuid());
        _revoked.Revoke(TokenId.Of(claims, ""), Later);
        Assert.False(_revoked.Contains(claims, ""));

        _clock.Now = Now + 10;
        _revoked.Revoke(TokenId.Of(claims, ""), Later);

        Assert.True(_revoked.Contains(claims, ""));
    }

    private static TokenClaims Claims(int user, Guid? id) => new(user, "ada@example.com", "user", id?.ToString(), Now - 1, Later);
}
