using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Redis;
using PyAirtable.Hosting.Security;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Families;

public sealed class TokenTests
{
    private const string Secret = "a-secret-of-the-tests-with-32-bytes-or-more";
    private const string NeedsKey = "{\"error\":\"API key required\"}";
    private const string BadKey = "{\"error\":\"Invalid API key\"}";
    private const string BadToken = "{\"error\":\"Invalid token\"}";
    private const string Fine = "{\"ok\":true}";

    private static readonly string Good = "Authorization: Bearer " + Token(Secret, TimeProvider.System);
    private static readonly string Forged = "Authorization: Bearer " + Token("another-secret-of-32-bytes-or-more-too", TimeProvider.System);
    private static readonly string Expired = "Authorization: Bearer " + Token(Secret, new Past());
    private static readonly string Key = "X-API-Key: " + GatewayHost.Key;

    public static TheoryData<Scenario> Scenarios => new((Scenario[])
    [
        new("good token", "GET", "/api/llm/x", [Good], null, 200, Fine),
        new("good token with an empty key", "POST", "/api/mcp/x", [Good, "X-API-Key: "], "{}", 200, Fine),
        new("scheme in another case", "GET", "/api/platform/x", [Good.Replace("Bearer", "bEARER", StringComparison.Ordinal)], null, 200, Fine),
        new("forged token", "GET", "/api/llm/x", [Forged], null, 401, BadToken),
        new("expired token", "GET", "/api/automation/x", [Expired], null, 401, BadToken),
        new("token that is none", "GET", "/api/llm/x", ["Authorization: Bearer abc"], null, 401, BadToken),
        new("bearer without a token", "GET", "/api/llm/x", ["Authorization: Bearer "], null, 401, NeedsKey),
        new("another scheme", "GET", "/api/llm/x", ["Authorization: Basic YTpi"], null, 401, NeedsKey),
        new("neither key nor token", "GET", "/api/llm/x", [], null, 401, NeedsKey),
        new("right key", "GET", "/api/llm/x", [Key], null, 200, Fine),
        new("right key and a forged token", "GET", "/api/llm/x", [Key, Forged], null, 200, Fine),
        new("right key in the query and an expired token", "GET", "/api/llm/x?api_key=" + GatewayHost.Key, [Expired], null, 200, Fine),
        new("wrong key and a good token", "GET", "/api/llm/x", ["X-API-Key: no", Good], null, 401, BadKey),
        new("wrong key in the query and a good token", "GET", "/api/llm/x?api_key=no", [Good], null, 401, BadKey),
        new("good token on a Python route", "GET", "/api/airtable/x", [Good], null, 401, "{\"detail\":\"Invalid API key\"}"),
    ]);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Route_WithKeyOrToken_Answers(Scenario scenario)
    {
        await using var gateway = await GatewayHost.StartAsync(("JWT_SECRET", Secret));

        using var answer = await gateway.SendAsync(scenario.Method, scenario.Path, scenario.Body, scenario.Headers);

        Assert.Equal(scenario.Expected, await answer.TextAsync());
        Assert.Equal(scenario.Status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("default-secret-change-in-production")]
    [InlineData("default-jwt-secret-change-in-production")]
    public async Task Token_WithoutASecretOfItsOwn_OpensNothing(string secret)
    {
        await using var gateway = await GatewayHost.StartAsync(("JWT_SECRET", secret));
        var token = Token(secret.Length > 0 ? secret : Secret, TimeProvider.System);

        using var answer = await gateway.SendAsync("GET", "/api/llm/x", null, "Authorization: Bearer " + token);

        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Equal(NeedsKey, await answer.TextAsync());
    }

    [Fact]
    public async Task Upstream_OfARequestWithAToken_SeesItUnchangedAndTheGatewaysKey()
    {
        await using var gateway = await GatewayHost.StartAsync(("JWT_SECRET", Secret));

        using var first = await gateway.SendAsync("GET", "/api/platform/auth/profile", null, Good);
        using var again = await gateway.SendAsync("GET", "/api/platform/auth/profile", null, Good);

        Assert.Equal(200, (int)again.StatusCode);
        Assert.All(gateway.Stub.Seen, seen => Assert.Equal(Good["Authorization: ".Length..], seen.Header("Authorization")));
        Assert.All(gateway.Stub.Seen, seen => Assert.Equal(GatewayHost.Key, seen.Header("X-API-Key")));
    }

    [Fact]
    public async Task Token_ThatExpiresWhileItIsKnown_IsRefused()
    {
        var clock = new Testing.ManualTime();
        await using var gateway = await GatewayHost.StartAsync(clock, ("JWT_SECRET", Secret));
        var token = "Authorization: Bearer " + Token(Secret, clock);

        using var before = await gateway.SendAsync("GET", "/api/llm/x", null, token);
        clock.Advance(TimeSpan.FromHours(24));
        using var after = await gateway.SendAsync("GET", "/api/llm/x", null, token);

        Assert.Equal(200, (int)before.StatusCode);
        Assert.Equal(401, (int)after.StatusCode);
        Assert.Equal(BadToken, await after.TextAsync());
    }

    [Fact]
    public async Task Token_RevokedElsewhere_IsRefusedAndOthersAreNot()
    {
        var url = RedisServer.Shared.TakeDatabase();
        await using var gateway = await GatewayHost.StartAsync(("JWT_SECRET", Secret), ("REDIS_URL", url));
        var (token, other) = (Token(Secret, TimeProvider.System), Token(Secret, TimeProvider.System));
        Assert.Equal(200, await StatusAsync(gateway, token));

        Assert.True(RedisOptions.TryParse(url, null, null, out var options, out _));
        await using var redis = new RedisConnection(options!, NullLoggerFactory.Instance, TimeProvider.System);
        using var feed = new RevocationFeed(redis, new RevokedTokens(TimeProvider.System), TimeProvider.System, NullLogger.Instance);
        using var verifier = new TokenVerifier(new JwtOptions { Secret = Secret }, TimeProvider.System);
        var claims = verifier.Verify(token).Claims!;
        for (var i = 0; i < 400 && await StatusAsync(gateway, token) == 200; i++)
        {
            // Told again, should the first time have been before the connection was there.
            await feed.TellAsync(TokenId.Of(claims, token), claims.ExpiresAt, TestContext.Current.CancellationToken);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Equal((401, 200), (await StatusAsync(gateway, token), await StatusAsync(gateway, other)));
    }

    [Theory]
    [InlineData(GatewayHost.Key)]
    [InlineData("second-key")]
    [InlineData("third-key")]
    public async Task EveryKey_WhileSeveralAreValid_OpensBothFamilies(string key)
    {
        await using var gateway = await GatewayHost.StartAsync(("API_KEYS", "second-key, third-key"));

        using var go = await gateway.SendAsync("GET", "/api/llm/x", null, "X-API-Key: " + key);
        using var python = await gateway.SendAsync("GET", "/api/airtable/x", null, "X-API-Key: " + key);
        using var query = await gateway.SendAsync("GET", "/api/mcp/x?api_key=" + key);

        Assert.Equal([200, 200, 200], new[] { go, python, query }.Select(answer => (int)answer.StatusCode));
        Assert.All(gateway.Stub.Seen, seen => Assert.Equal(GatewayHost.Key, seen.Header("X-API-Key")));
        Assert.All(gateway.Stub.Seen, seen => Assert.DoesNotContain("api_key", seen.Target, StringComparison.Ordinal));
    }

    private static async Task<int> StatusAsync(GatewayHost gateway, string token)
    {
        using var answer = await gateway.SendAsync("GET", "/api/llm/x", null, "Authorization: Bearer " + token);
        return (int)answer.StatusCode;
    }

    internal static string Token(string secret, TimeProvider clock, int user = 7)
    {
        using var issuer = new TokenIssuer(new JwtOptions { Secret = secret }, clock);
        return issuer.Issue(user, "someone@example.com", "user").Text;
    }

    private sealed class Past : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddDays(-2);
    }
}
