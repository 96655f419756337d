using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PyAirtable.Gateway.Cutover;
using PyAirtable.Gateway.Families;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Cutover;

/// <summary>Whom a request is from, and which bucket that is.</summary>
public sealed class ClientBucketsTests
{
    private static readonly ManualTime Clock = new();
    private static readonly JwtOptions Tokens = new() { Secret = "a-secret-of-at-least-thirty-two-bytes", Algorithm = "HS256", Issuer = "pyairtable" };
    private static readonly ClientBuckets Buckets = new(new Callers(new ApiKeys("shared", "own"), new VerifiedTokens(Tokens, Clock), new RevokedTokens(Clock)), TrustedPeers.All);

    [Fact]
    public void Of_ManyClients_FillsAllBucketsEvenly()
    {
        var counts = new int[ClientBuckets.Count];
        for (var i = 0; i < 20_000; i++)
        {
            counts[Buckets.Of(Request(("X-Forwarded-For", $"10.{i / 250}.0.{i % 250}")), session: null)]++;
        }

        Assert.All(counts, static count => Assert.InRange(count, 120, 290));
    }

    [Fact]
    public void Of_AUser_IsTheSameFromAnywhere()
    {
        var token = "Bearer " + new TokenIssuer(Tokens, Clock).Issue(5, "a@b.c", "user").Text;
        var users = Enumerable.Range(0, 50).Select(i => Buckets.Of(Request(("Authorization", token), ("X-Forwarded-For", $"10.0.0.{i}"), ("X-API-Key", "own")), $"s{i}")).Distinct();

        Assert.Single(users);
    }

    [Fact]
    public void Of_AKeyOfOnesOwn_IsTheSameFromAnywhere()
    {
        var owners = Enumerable.Range(0, 50).Select(i => Buckets.Of(Request(("X-API-Key", "own"), ("X-Forwarded-For", $"10.0.0.{i}")), session: null)).Distinct();
        var others = Enumerable.Range(0, 50).Select(i => Buckets.Of(Request(("X-API-Key", "shared"), ("X-Forwarded-For", $"10.0.0.{i}")), session: null)).Distinct();

        Assert.Single(owners);
        Assert.NotInRange(others.Count(), 0, 10);
    }

    [Fact]
    public void Of_ASession_CountsBeforeTheAddress()
    {
        var one = Enumerable.Range(0, 50).Select(i => Buckets.Of(Request(("X-Forwarded-For", $"10.0.0.{i}")), "s1")).Distinct();
        var many = Enumerable.Range(0, 50).Select(i => Buckets.Of(Request(("X-Forwarded-For", "10.0.0.1")), $"s{i}")).Distinct();

        Assert.Single(one);
        Assert.NotInRange(many.Count(), 0, 10);
    }

    private static RequestContext Request(params (string Name, string Value)[] headers)
    {
        var http = new DefaultHttpContext();
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/";
        foreach (var (name, value) in headers)
        {
            http.Request.Headers[name] = value;
        }
        return new RequestContext { Http = http };
    }
}
