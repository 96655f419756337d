using PyAirtable.Hosting.Security;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Security;

public sealed class VerifiedTokensTests : IDisposable
{
    private static readonly JwtOptions Options = new() { Secret = "secret", Lifetime = TimeSpan.FromMinutes(1) };

    private readonly ManualTime _time = new();
    private readonly TokenIssuer _issuer;
    private readonly VerifiedTokens _tokens;

    public VerifiedTokensTests()
    {
        _issuer = new TokenIssuer(Options, _time);
        _tokens = new VerifiedTokens(Options, _time, capacity: 10);
    }

    [Fact]
    public void Verify_KnownToken_SaysTheSameAgain()
    {
        var token = Issue(7);

        var first = _tokens.Verify(token);
        var again = _tokens.Verify(token);

        Assert.Equal(TokenOutcome.Valid, first.Outcome);
        Assert.Equal(7, again.Claims!.UserId);
        Assert.Same(first.Claims, again.Claims);
    }

    [Fact]
    public void Verify_KnownTokenWhoseTimeIsOver_IsExpired()
    {
        var token = Issue(7);
        Assert.True(_tokens.Verify(token).IsValid);

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(TokenOutcome.Expired, _tokens.Verify(token).Outcome);
    }

    [Fact]
    public void Verify_BadTokens_AreNotKept()
    {
        Assert.Equal(TokenOutcome.Invalid, _tokens.Verify(Issue(7) + "x").Outcome);
        Assert.Equal(TokenOutcome.Invalid, _tokens.Verify(new string('a', 100_000)).Outcome);
        Assert.Equal(TokenOutcome.Invalid, _tokens.Verify("").Outcome);

        Assert.Equal(0, _tokens.Count);
    }

    [Fact]
    public void Verify_MoreTokensThanFit_KeepsThoseInUse()
    {
        var used = Issue(1);
        var claims = _tokens.Verify(used).Claims;

        for (var user = 2; user < 100; user++)
        {
            Assert.True(_tokens.Verify(Issue(user)).IsValid);
            Assert.Same(claims, _tokens.Verify(used).Claims);
            Assert.InRange(_tokens.Count, 1, 10);
        }
    }

    [Fact]
    public void Verify_KnownToken_AllocatesNothing()
    {
        var token = Issue(7);
        _tokens.Verify(token);
        _tokens.Verify(token);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1000; round++)
        {
            _tokens.Verify(token);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    public void Dispose()
    {
        _tokens.Dispose();
        _issuer.Dispose();
    }

    private string Issue(int user) => _issuer.Issue(user, "someone@example.com", "user").Text;
}
