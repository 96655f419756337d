using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PyAirtable.Gateway.Tests.Documentation;

public sealed partial class DocumentationEndpointsTests : IAsyncLifetime
{
    private const int PageBudgetBytes = 40 * 1024;

    private GatewayHost _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await GatewayHost.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Document_Asked_IsTheWholeProducts()
    {
        using var answer = await _gateway.SendAsync("GET", "/openapi.json");
        using var document = JsonDocument.Parse(await answer.TextAsync());

        Assert.Equal("application/json", answer.Header("Content-Type"));
        Assert.True(document.RootElement.GetProperty("paths").TryGetProperty("/api/automation/workflows", out _));
        Assert.Empty(_gateway.Stub.Seen);
    }

    [Theory]
    [InlineData("/openapi.json")]
    [InlineData("/docs")]
    [InlineData("/docs/oauth2-redirect")]
    [InlineData("/redoc")]
    public async Task Page_KnownToTheClient_IsNotSentAgain(string path)
    {
        using var first = await _gateway.SendAsync("GET", path);
        var tag = first.Header("ETag");

        using var head = await _gateway.SendAsync("HEAD", path);
        using var same = await _gateway.SendAsync("GET", path, null, $"If-None-Match: \"other\", {tag}");
        using var any = await _gateway.SendAsync("GET", path, null, "If-None-Match: *");
        using var other = await _gateway.SendAsync("GET", path, null, "If-None-Match: W/\"other\"");

        Assert.Equal("no-cache", first.Header("Cache-Control"));
        Assert.Equal((200, tag, first.Header("Content-Length")), ((int)head.StatusCode, head.Header("ETag"), head.Header("Content-Length")));
        Assert.Equal((304, tag, ""), ((int)same.StatusCode, same.Header("ETag"), await same.TextAsync()));
        Assert.Equal(304, (int)any.StatusCode);
        Assert.Equal(200, (int)other.StatusCode);
    }

    [Theory]
    [InlineData("/docs")]
    [InlineData("/docs/oauth2-redirect")]
    public async Task Page_Asked_AllowsItsOwnStyleAndScriptOnly(string path)
    {
        using var answer = await _gateway.SendAsync("GET", path);
        var html = await answer.TextAsync();
        var policy = answer.Header("Content-Security-Policy")!;

        Assert.Equal("text/html; charset=utf-8", answer.Header("Content-Type"));
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self'; ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.NotEmpty(Inline().Matches(html));
        Assert.All(Inline().Matches(html), block => Assert.Contains($"{block.Groups[1].Value}-src '{Hash(block.Groups[2].Value)}'", policy, StringComparison.Ordinal));
        Assert.DoesNotMatch(InlineHandler(), html);
    }

    [Theory]
    [InlineData("/docs")]
    [InlineData("/docs/oauth2-redirect")]
    public async Task Page_Asked_IsSmallAndNamesNoOtherHost(string path)
    {
        var html = await (await _gateway.SendAsync("GET", path)).TextAsync();

        Assert.InRange(Encoding.UTF8.GetByteCount(html), 1, PageBudgetBytes);
        Assert.DoesNotMatch(OtherHost(), html);
        Assert.DoesNotContain("{script}", html, StringComparison.Ordinal);
        Assert.DoesNotContain("{style}", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redoc_AndDocs_AreTheSamePage()
    {
        using var docs = await _gateway.SendAsync("GET", "/docs");
        using var redoc = await _gateway.SendAsync("GET", "/redoc");

        Assert.Equal(await docs.TextAsync(), await redoc.TextAsync());
    }

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    [GeneratedRegex("<(style|script)[^>]*>(.*?)</\\1>", RegexOptions.Singleline)]
    private static partial Regex Inline();

    // Neither style attributes nor handlers in the markup would pass the policy.
    [GeneratedRegex("<[a-z][^<>]*\\s(style|on[a-z]+)=\"")]
    private static partial Regex InlineHandler();

    [GeneratedRegex("https?:|wss?:|\\burl\\(|@import|(src|href)=\"//")]
    private static partial Regex OtherHost();
}
