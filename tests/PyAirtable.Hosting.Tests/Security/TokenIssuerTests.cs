using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Hosting.Tests.Security;

public sealed class TokenIssuerTests
{
    [Fact]
    public void Issue_Always_HasPythonsClaimsFirst()
    {
        using var issuer = new TokenIssuer(new JwtOptions { Secret = "s", Lifetime = TimeSpan.FromHours(1) }, new SetTime(1000));
        var token = issuer.Issue(7, "ada@example.com", "user");
        var parts = token.Text.Split('.');
        Assert.Equal("""{"alg":"HS256","typ":"JWT"}""", Text(parts[0]));
        Assert.Equal(
            $$"""{"sub":"7","email":"ada@example.com","iat":1000,"exp":4600,"type":"access","user_id":7,"iss":"pyairtable","role":"user","jti":"{{token.Id}}"}""",
            Text(parts[1]));
        Assert.Matches(new Regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"), token.Id);
        Assert.Equal(4600, token.ExpiresAt);
        Assert.DoesNotContain(parts[2], token.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HS256", "")]
    [InlineData("HS256", "s")]
    [InlineData("HS256", "schlüssel")]
    [InlineData("HS384", "short")]
    [InlineData("HS512", "short")]
    [InlineData("HS256", "exactly sixty-four bytes long, which is the block size of SHA256")]
    [InlineData("HS256", "longer than the block of the hash, so that HMAC hashes the key before it uses it, as RFC 2104 says")]
    public void Issue_AnySecret_SignsAsHmacDoes(string algorithm, string secret)
    {
        var token = new TokenIssuer(new JwtOptions { Secret = secret, Algorithm = algorithm }, new SetTime(1000)).Issue(7, "a@b.co", "admin").Text;
        var end = token.LastIndexOf('.');
        Assert.Equal(HandMadeToken.Sign(token[..end], secret, algorithm), token[(end + 1)..]);
    }

    [Fact]
    public void Issue_AtAnotherTime_CountsFromThere()
    {
        using var issuer = new TokenIssuer(new JwtOptions { Secret = "s", Lifetime = TimeSpan.FromHours(1) }, new SetTime(1000));
        var token = issuer.Issue(7, "a@b.co", "user", issuedAt: 1002);

        Assert.Contains(""" "iat":1002,"exp":4602, """.Trim(), Text(token.Text.Split('.')[1]), StringComparison.Ordinal);
        Assert.Equal(4602, token.ExpiresAt);
    }

    [Fact]
    public void Issue_Twice_HasTwoIds()
    {
        var issuer = new TokenIssuer(new JwtOptions { Secret = "s" }, new SetTime(1000));
        Assert.NotEqual(issuer.Issue(7, "a@b.co", "user").Id, issuer.Issue(7, "a@b.co", "user").Id);
    }

    [Fact]
    public void Constructor_UnknownAlgorithmOrNoLifetime_Throws()
    {
        Assert.Throws<ArgumentException>(() => new TokenIssuer(new JwtOptions { Secret = "s", Algorithm = "none" }, TimeProvider.System));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenIssuer(new JwtOptions { Secret = "s", Lifetime = TimeSpan.Zero }, TimeProvider.System));
    }

    private static string Text(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
