using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Gateway.Tests;

public sealed class GatewaySettingsTests
{
    [Theory]
    [InlineData("API_KEY", "")]
    [InlineData("LLM_ORCHESTRATOR_URL", "llm:8003")]
    [InlineData("PLATFORM_SERVICES_URL", "in-process")]
    [InlineData("LLM_ORCHESTRATOR_URL", "http://llm:8003,https://llm:8004")]
    [InlineData("PLATFORM_SERVICES_URL", "http://platform:8007,")]
    [InlineData("UPSTREAM_MAX_CONNECTIONS", "0")]
    [InlineData("CIRCUIT_BREAKER_PERCENT", "101")]
    [InlineData("CIRCUIT_BREAKER_PAUSE", "0s")]
    [InlineData("HEALTH_CHECK_TIMEOUT", "soon")]
    [InlineData("PROXY_TIMEOUT_SECONDS", "0")]
    [InlineData("MAX_FILE_SIZE", "-1")]
    [InlineData("RATE_LIMIT_RPM", "many")]
    [InlineData("REQUIRE_API_KEY", "perhaps")]
    [InlineData("METRICS_PATH", "metrics")]
    [InlineData("METRICS_PATH", "/api/llm")]
    [InlineData("METRICS_PATH", "/docs")]
    [InlineData("PORT", "70000")]
    [InlineData("GO_COMPAT_PORT", "0")]
    [InlineData("GO_COMPAT_PORT", "8000")]
    [InlineData("API_KEYS", "[1]")]
    [InlineData("JWT_ALGORITHM", "none")]
    [InlineData("RATE_LIMIT_BY", "cookie")]
    [InlineData("RATE_LIMIT_BURST", "some")]
    [InlineData("COMPRESSION", "br")]
    [InlineData("FORWARDED_ALLOW_IPS", "10.0.0.1/8")]
    [InlineData("FORWARDED_ALLOW_IPS", "127.0.0.1,proxy")]
    public void Read_WrongValue_NamesTheVariable(string name, string value)
    {
        var (_, reader) = Read(modulesBeside: false, (name, value));

        Assert.Equal(name, Assert.Single(reader.Errors).Name);
    }

    [Fact]
    public void Read_Nothing_GivesTheDefaults()
    {
        var (settings, reader) = Read(modulesBeside: false);

        Assert.Empty(reader.Errors);
        Assert.Equal(8000, settings.Listen.Port);
        Assert.Equal("http://localhost:8003", settings.Llm.BaseUrl);
        Assert.Equal("http://platform-services:8007", settings.Platform.BaseUrl);
        Assert.Equal(["http://localhost:3000", "http://localhost:8000"], settings.CorsOrigins);
        Assert.Equal(10485760, settings.MaxBodyBytes);
        Assert.Equal("/metrics", settings.MetricsPath);
        Assert.Null(settings.Platform.LocalService);
        Assert.Equal(new UpstreamSettings(), settings.Upstreams);
        Assert.Equal(UpstreamTimeouts.OfEachPhase(TimeSpan.FromSeconds(30)), settings.Llm.Timeouts);
        Assert.Equal(["key"], settings.ClientKeys);
        Assert.Null(settings.Tokens);
        Assert.Equal(("address", 100, true), (settings.RateLimitBy, settings.RateLimitBurst, settings.Compression));
        Assert.Empty(settings.Listen.MorePorts);
        Assert.Null(settings.Listen.Tls);
        Assert.Same(TrustedPeers.All, settings.TrustedPeers);
    }

    [Fact]
    public void Read_TrustSwitchedOff_WinsOverTheListOfPeers()
    {
        var (settings, reader) = Read(modulesBeside: false, ("TRUST_FORWARDED_FOR", "false"), ("FORWARDED_ALLOW_IPS", "*"));

        Assert.Empty(reader.Errors);
        Assert.Same(TrustedPeers.None, settings.TrustedPeers);
    }

    [Fact]
    public void Read_Timeouts_DefaultToTheProxyTimeout()
    {
        var (settings, reader) = Read(modulesBeside: false, ("PROXY_TIMEOUT_SECONDS", "7"), ("UPSTREAM_CONNECT_TIMEOUT", "500ms"), ("UPSTREAM_TOTAL_TIMEOUT", "2m"), ("MCP_SERVER_URL", " http://a:1, http://b:2 "));

        Assert.Empty(reader.Errors);
        Assert.Equal(new UpstreamTimeouts(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7), TimeSpan.FromMinutes(2)), settings.Mcp.Timeouts);
        Assert.Equal("http://a:1, http://b:2", settings.Mcp.BaseUrl);
    }

    [Fact]
    public void Read_ShortSecretInProduction_IsRefused()
    {
        var (_, reader) = Read(modulesBeside: false, ("ENVIRONMENT", "production"), ("JWT_SECRET", "short"));

        Assert.Equal("JWT_SECRET", Assert.Single(reader.Errors).Name);
    }

    [Fact]
    public void Read_OddValuesOfTheContract_AreTakenAsItSays()
    {
        var (settings, reader) = Read(modulesBeside: true, ("RATE_LIMIT_RPM", "0"), ("RATE_LIMIT_BURST", "0"), ("MAX_FILE_SIZE", "0"), ("CORS_ORIGINS", " http://a , http://b"), ("AUTOMATION_SERVICES_URL", "in-process"));

        Assert.Empty(reader.Errors);
        Assert.Equal((5, 5), (settings.RequestsPerMinute, settings.RateLimitBurst));
        Assert.Equal(4 << 20, settings.MaxBodyBytes);
        Assert.Equal(["http://a", "http://b"], settings.CorsOrigins);
        Assert.Equal("automation", settings.Automation.LocalService);
    }

    private static (GatewaySettings Settings, SettingsReader Reader) Read(bool modulesBeside, params (string Name, string Value)[] values)
    {
        var layer = new Dictionary<string, string> { ["API_KEY"] = "key" };
        foreach (var (name, value) in values)
        {
            layer[name] = value;
        }
        var reader = new SettingsReader([SettingLayer.Of("test", layer)]);
        var process = ProcessSettings.Read(reader, managementPort: 0);
        return (GatewaySettings.Read(reader, process, modulesBeside: modulesBeside), reader);
    }
}
