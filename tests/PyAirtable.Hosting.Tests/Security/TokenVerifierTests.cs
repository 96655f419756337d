using System.Security.Cryptography;
using System.Text;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Hosting.Tests.Security;

public sealed class TokenVerifierTests
{
    private const string Secret = "a secret of the tests";
    private const long Now = 1_700_000_000;
    private const string Base64UrlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    [Theory]
    [InlineData("""{"sub":"7","email":"a@b.co","iat":1699999999,"exp":1700000001,"type":"access"}""", TokenOutcome.Valid)]
    [InlineData("""{"sub":7,"exp":1700000001}""", TokenOutcome.Valid)]
    [InlineData("""{"user_id":7,"exp":1700000001}""", TokenOutcome.Valid)]
    [InlineData("""{"user_id":7,"sub":"7","exp":1700000001.5}""", TokenOutcome.Valid)]
    [InlineData("""{"sub":"7","exp":1700000001,"aud":"","nbf":1700000030,"iat":1700000030}""", TokenOutcome.Valid)]
    [InlineData("""{"sub":"7","exp":1700000001,"aud":[]}""", TokenOutcome.Valid)]
    [InlineData("""{"sub":"7","exp":1700000001,"iss":"pyairtable"}""", TokenOutcome.Valid)]
    [InlineData("""{"sub":"7","exp":1700000001,"email":5,"role":"\ud800"}""", TokenOutcome.Valid)]
    [InlineData("""{"sub":"7","exp":1700000000}""", TokenOutcome.Expired)]
    [InlineData("""{"sub":"7","exp":1700000000.9}""", TokenOutcome.Expired)]
    [InlineData("""{"sub":"7","exp":-5}""", TokenOutcome.Expired)]
    [InlineData("""{"sub":"7"}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","exp":null}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","exp":"1700000001"}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","exp":1e300}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","exp":1e999}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","exp":1700000001,"iat":1700000031}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","exp":1700000001,"nbf":1700000031}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","exp":1700000001,"iat":"1699999999"}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","exp":1700000001,"nbf":1.5}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","exp":1600000000,"iat":1700000031}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","exp":1700000001,"aud":"x"}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","exp":1700000001,"aud":["x"]}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","exp":1700000001,"type":"refresh"}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","exp":1700000001,"type":null}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","exp":1700000001,"iss":"other"}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","exp":1700000001,"iss":["pyairtable"]}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","exp":1700000001,"jti":5}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","user_id":8,"exp":1700000001}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","sub":"8","exp":1700000001}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","exp":1700000001,"exp":9900000001}""", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","exp":1600000001,"\u0065xp":9900000001}""", TokenOutcome.Invalid)]
    [InlineData("""{"exp":1700000001}""", TokenOutcome.NoUser)]
    [InlineData("""{"sub":null,"exp":1700000001}""", TokenOutcome.NoUser)]
    [InlineData("""{"sub":"ada","exp":1700000001}""", TokenOutcome.NoUser)]
    [InlineData("""{"sub":"","exp":1700000001}""", TokenOutcome.NoUser)]
    [InlineData("""{"sub":"7\u0000","exp":1700000001}""", TokenOutcome.NoUser)]
    [InlineData("""{"sub":"2147483648","exp":1700000001}""", TokenOutcome.NoUser)]
    [InlineData("""{"sub":7.5,"exp":1700000001}""", TokenOutcome.NoUser)]
    [InlineData("""{"user_id":"7","exp":1700000001}""", TokenOutcome.NoUser)]
    [InlineData("""{"sub":"0","exp":1700000001}""", TokenOutcome.ZeroUser)]
    [InlineData("""["sub"]""", TokenOutcome.Invalid)]
    [InlineData("not json", TokenOutcome.Invalid)]
    [InlineData("""{"sub":"7","exp":1700000001} {}""", TokenOutcome.Invalid)]
    public void Verify_RightlySigned_FollowsTheClaims(string payload, TokenOutcome outcome) =>
        Assert.Equal(outcome, Verify(HandMadeToken.Make(payload, Secret)));

    // RFC 8725: allow-list of algorithms (3.1), all headers validated (3.10), explicit types (3.11), no nesting (3.3).
    [Theory]
    [InlineData("""{"alg":"HS256"}""", TokenOutcome.Valid)]
    [InlineData("""{"typ":"jwt","alg":"HS256","kid":"../../etc/passwd","jku":"http://evil"}""", TokenOutcome.Valid)]
    [InlineData("""{"alg":"none","typ":"JWT"}""", TokenOutcome.Invalid)]
    [InlineData("""{"alg":"None"}""", TokenOutcome.Invalid)]
    [InlineData("""{"alg":"hs256"}""", TokenOutcome.Invalid)]
    [InlineData("""{"alg":"HS512"}""", TokenOutcome.Invalid)]
    [InlineData("""{"alg":"RS256"}""", TokenOutcome.Invalid)]
    [InlineData("""{"alg":"ES256"}""", TokenOutcome.Invalid)]
    [InlineData("""{"alg":["HS256"]}""", TokenOutcome.Invalid)]
    [InlineData("""{"typ":"JWT"}""", TokenOutcome.Invalid)]
    [InlineData("""{"alg":"none","alg":"HS256"}""", TokenOutcome.Invalid)]
    [InlineData("""{"alg":"HS256","crit":["exp"]}""", TokenOutcome.Invalid)]
    [InlineData("""{"alg":"HS256","crit":[]}""", TokenOutcome.Invalid)]
    [InlineData("""{"alg":"HS256","b64":false,"crit":["b64"]}""", TokenOutcome.Invalid)]
    [InlineData("""{"alg":"HS256","typ":"logout+jwt"}""", TokenOutcome.Invalid)]
    [InlineData("""{"alg":"HS256","cty":"JWT"}""", TokenOutcome.Invalid)]
    [InlineData("""{"alg":"\ud800"}""", TokenOutcome.Invalid)]
    [InlineData("HS256", TokenOutcome.Invalid)]
    public void Verify_RightlySigned_FollowsTheHeader(string header, TokenOutcome outcome) =>
        Assert.Equal(outcome, Verify(HandMadeToken.Make("""{"sub":"7","exp":1700000001}""", Secret, header)));

    [Fact]
    public void Verify_OtherHmacSize_IsInvalid()
    {
        foreach (var hash in new[] { "HS384", "HS512" })
        {
            var header = $$"""{"alg":"{{hash}}","typ":"JWT"}""";
            var token = HandMadeToken.Make("""{"sub":"7","exp":1700000001}""", Secret, header, hash);
            Assert.Equal(TokenOutcome.Invalid, Verify(token));
            Assert.Equal(TokenOutcome.Valid, Verify(token, new JwtOptions { Secret = Secret, Algorithm = hash }));
        }
    }

    [Fact]
    public void Verify_SignedByPrivateKey_IsInvalid()
    {
        using var rsa = RSA.Create(2048);
        var signed = HandMadeToken.Encode("""{"alg":"RS256","typ":"JWT"}""") + "." + HandMadeToken.Encode("""{"sub":"7","exp":1700000001}""");
        var signature = rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Assert.Equal(TokenOutcome.Invalid, Verify(signed + "." + System.Buffers.Text.Base64Url.EncodeToString(signature)));
    }

    [Fact]
    public void Verify_UnsignedOrNestedOrMisshapen_IsInvalid()
    {
        var good = HandMadeToken.Make("""{"sub":"7","exp":1700000001}""", Secret);
        var parts = good.Split('.');
        string[] bad =
        [
            "", ".", "..", "...", "a.b.c", parts[0], parts[0] + "." + parts[1], parts[0] + "." + parts[1] + ".", good + ".", "." + good, good + ".x", good + "=", " " + good,
            good + "\n", good + "A", good[..^1], good.Replace('.', ' '), parts[0] + ".." + parts[2], "." + parts[1] + "." + parts[2], good + "é", "Bearer " + good,
            HandMadeToken.Encode("""{"alg":"none"}""") + "." + parts[1] + ".",
            HandMadeToken.Make(good, Secret),
            HandMadeToken.Make("""{"sub":"7","exp":1700000001}""", "another secret"),
            string.Join('.', parts[0], parts[1], "a", "b", parts[2]),
            new('a', 5_000_000),
        ];
        Assert.Equal(TokenOutcome.Valid, Verify(good));
        Assert.All(bad, token => Assert.Equal(TokenOutcome.Invalid, Verify(token)));
    }

    [Fact]
    public void Verify_Oversize_IsInvalidThoughSigned()
    {
        var token = HandMadeToken.Make($$"""{"sub":"7","exp":1700000001,"x":"{{new string('a', 7000)}}"}""", Secret);
        Assert.True(token.Length > TokenVerifier.MaxLength);
        Assert.Equal(TokenOutcome.Invalid, Verify(token));
    }

    [Fact]
    public void Verify_DeeplyNestedClaim_IsInvalid() =>
        Assert.Equal(TokenOutcome.Invalid, Verify(HandMadeToken.Make($$"""{"sub":"7","exp":1700000001,"x":{{new string('[', 100)}}{{new string(']', 100)}}}""", Secret)));

    [Fact]
    public void Verify_AnyMutatedCharacter_IsInvalid()
    {
        foreach (var algorithm in new[] { "HS256", "HS384", "HS512" })
        {
            var options = new JwtOptions { Secret = Secret, Algorithm = algorithm };
            using var verifier = new TokenVerifier(options, new SetTime(Now));
            var token = new TokenIssuer(options, new SetTime(Now)).Issue(7, "ada@example.com", "user").Text;
            Assert.True(verifier.Verify(token).IsValid);
            for (var at = 0; at < token.Length; at++)
            {
                // In the last place every character, since some of its bits are spare.
                var others = at == token.Length - 1 ? Base64UrlAlphabet : "A_." + Base64UrlAlphabet[(at * 7) % 64] + (char)(token[at] ^ 1);
                foreach (var other in others.Where(other => other != token[at]))
                {
                    var mutated = string.Concat(token.AsSpan(0, at), new string(other, 1), token.AsSpan(at + 1));
                    Assert.Equal(TokenOutcome.Invalid, verifier.Verify(mutated).Outcome);
                }
            }
        }
    }

    [Fact]
    public void Verify_AnyMutatedByte_IsInvalid()
    {
        var options = new JwtOptions { Secret = Secret };
        using var verifier = new TokenVerifier(options, new SetTime(Now));
        var token = new TokenIssuer(options, new SetTime(Now)).Issue(7, "ada@example.com", "user").Text;
        var mutated = token.ToCharArray();
        for (var at = 0; at < token.Length; at++)
        {
            for (var other = '\0'; other <= '\u00ff'; other++)
            {
                mutated[at] = other;
                if (other != token[at] && verifier.Verify(new string(mutated)).Outcome != TokenOutcome.Invalid)
                {
                    Assert.Fail($"{(int)other} in place {at} passed");
                }
            }

            mutated[at] = token[at];
        }
    }

    [Fact]
    public void Verify_IssuedToken_SaysWhatWasIssued()
    {
        var time = new SetTime(Now);
        var options = new JwtOptions { Secret = Secret, Lifetime = TimeSpan.FromMinutes(1) };
        using var verifier = new TokenVerifier(options, time);
        var token = new TokenIssuer(options, time).Issue(7, "ädä@example.com", "admin");
        Assert.Equal(new TokenClaims(7, "ädä@example.com", "admin", token.Id, Now, Now + 60), verifier.Verify(token.Text).Claims);
        time.Now = Now + 59;
        Assert.True(verifier.Verify(token.Text).IsValid);
        time.Now = Now + 60;
        Assert.Equal(TokenOutcome.Expired, verifier.Verify(token.Text).Outcome);
    }

    [Fact]
    public async Task Verify_ManyThreads_AllAgree()
    {
        using var verifier = new TokenVerifier(new JwtOptions { Secret = Secret }, new SetTime(Now));
        var good = HandMadeToken.Make("""{"sub":"7","exp":1700000001}""", Secret);
        var bad = HandMadeToken.Make("""{"sub":"7","exp":1700000001}""", "other");
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), TestContext.Current.CancellationToken, (round, _) =>
        {
            Assert.Equal(round % 2 == 0, verifier.Verify(round % 2 == 0 ? good : bad).IsValid);
            return ValueTask.CompletedTask;
        });
    }

    private static TokenOutcome Verify(string token, JwtOptions? options = null)
    {
        using var verifier = new TokenVerifier(options ?? new JwtOptions { Secret = Secret }, new SetTime(Now));
        return verifier.Verify(token).Outcome;
    }
}
