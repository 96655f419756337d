using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace PyAirtable.Platform.Tests.Tokens;

public sealed class BearerCheckTests(SqlitePlatform platform) : IClassFixture<SqlitePlatform>
{
    private const string Missing = "Missing or invalid authorization header";
    private const string Good = "\"iat\":1736933400,\"exp\":4102444800,\"type\":\"access\"";

    /// <summary>Authorization header, where <c>{claims}</c> stands for a token of them, and the 401's detail.</summary>
    public static TheoryData<string, string> Refusals => new()
    {
        { "Basic abc", Missing },
        { "bearer abc", Missing },
        { "Bearer", Missing },
        { "Bearer\tabc", Missing },
        { "Bearer  abc", "Invalid token" },
        { "Bearer garbage", "Invalid token" },
        { "Bearer töken", "Invalid token" },
        { """Bearer {"sub":"1","iat":1736933400,"exp":1736933401,"type":"access"}""", "Token expired" },
        { """Bearer {"sub":"1","iat":1736933400,"type":"access"}""", "Invalid token" },
        { """Bearer {"sub":"1","iat":4102444700,"exp":4102444800}""", "Invalid token" },
        { """Bearer {"sub":"1","exp":4102444800,"type":"refresh"}""", "Invalid token" },
        { """Bearer {"sub":"1","exp":4102444800,"iss":"another"}""", "Invalid token" },
        { """Bearer {"sub":"1","exp":4102444800,"aud":"us"}""", "Invalid token" },
        { $$"""Bearer {"sub":"one",{{Good}}}""", "Authentication failed" },
        { $$"""Bearer {{{Good}}}""", "Authentication failed" },
        { $$"""Bearer {"sub":"4294967296",{{Good}}}""", "Authentication failed" },
        { $$"""Bearer {"sub":"0",{{Good}}}""", "Invalid token payload" },
        { $$"""Bearer {"sub":"999999",{{Good}}}""", "User not found or inactive" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Verify_BadHeader_Is401WithItsDetail(string header, string detail)
    {
        var (status, body, _) = await platform.Host.SendAsync("GET", "/auth/verify", headers: "Authorization: " + Fill(header));

        Assert.Equal((401, $$"""{"detail":"{{detail}}"}"""), (status, body));
    }

    [Fact]
    public async Task Verify_ForeignSignature_Is401()
    {
        var token = HandMadeToken.Make($$"""{"sub":"1",{{Good}}}""", "another secret");

        Assert.Equal("""{"detail":"Invalid token"}""", (await platform.Host.SendAsync("GET", "/auth/verify", headers: "Authorization: Bearer " + token)).Body);
    }

    [Fact]
    public async Task Verify_TextAfterTheToken_IsIgnored()
    {
        var token = await platform.Host.RegisterAsync("after@example.com");

        Assert.Equal(200, (await platform.Host.SendAsync("GET", "/auth/verify", headers: $"Authorization: Bearer {token} more")).Status);
    }

    [Fact]
    public async Task Register_Token_HasTheClaimsThatAllClientsRead()
    {
        var token = await platform.Host.RegisterAsync("claims@example.com");
        var claims = JsonElement.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));

        Assert.Equal("""{"alg":"HS256","typ":"JWT"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[0])));
        Assert.Equal(["sub", "email", "iat", "exp", "type", "user_id", "iss", "role", "jti"], claims.EnumerateObject().Select(claim => claim.Name));
        Assert.Equal(claims.GetProperty("user_id").GetRawText(), claims.GetProperty("sub").GetString());
        Assert.Equal(86400, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        Assert.Equal(("claims@example.com", "access", "pyairtable", "user"), (Text("email"), Text("type"), Text("iss"), Text("role")));

        string? Text(string name) => claims.GetProperty(name).GetString();
    }

    private static string Fill(string header)
    {
        var open = header.IndexOf('{', StringComparison.Ordinal);
        return open < 0 ? header : header[..open] + HandMadeToken.Make(header[open..], PlatformHost.Secret);
    }
}
