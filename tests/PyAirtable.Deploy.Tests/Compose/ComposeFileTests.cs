using System.Globalization;

namespace PyAirtable.Deploy.Tests.Compose;

public sealed class ComposeFileTests
{
    /// <summary>Resident megabytes of a service under load beside its extractions, with room.</summary>
    private const int ServiceMegabytes = 128;

    public static TheoryData<string> Services => [.. ComposeFile.Services.Keys];

    public static TheoryData<string> NativeServices => [.. ComposeFile.Native.Keys];

    [Fact]
    public async Task Config_CommittedFile_IsResolved()
    {
        var (code, output, errors) = await ComposeFile.ConfigureAsync();

        Assert.True(code == 0, errors);
        var services = (Dictionary<object, object?>)Repository.ParseYaml(output)["services"]!;
        Assert.Equal(ComposeFile.Services.Keys.Order(), services.Keys.Cast<string>().Order());
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_Any_IsConfined(string name)
    {
        var service = ComposeFile.Services[name];

        Assert.Equal("true", Text(service, "read_only").ToLowerInvariant());
        Assert.Equal(["no-new-privileges:true"], List(service, "security_opt"));
        Assert.Equal(["ALL"], List(service, "cap_drop"));
        Assert.Contains("mem_limit", service.Keys);
        Assert.Contains("cpus", service.Keys);
        Assert.Contains("healthcheck", service.Keys);
        Assert.DoesNotContain("privileged", service.Keys);
        Assert.NotEmpty(List(service, "profiles"));
    }

    [Fact]
    public void Ports_ReachableByOthers_AreTheGatewaysOnly()
    {
        var published = ComposeFile.Services.Where(service => service.Value.ContainsKey("ports")).SelectMany(service => List(service.Value, "ports").Select(port => (service.Key, port)));

        Assert.Equal(["all-in-one", "gateway"], published.Where(entry => !entry.port.StartsWith("127.0.0.1:", StringComparison.Ordinal)).Select(entry => entry.Key));
    }

    [Fact]
    public void Networks_Stores_AreWithoutAWayOut()
    {
        Assert.All(["postgres", "redis", "prometheus", "platform-services", "mcp-server", "mcp-server-python"], (string name) => Assert.Equal(["inner"], List(ComposeFile.Services[name], "networks")));
        var networks = (Dictionary<object, object?>)Repository.ReadYaml("docker-compose.yml")["networks"]!;
        Assert.Equal("true", Text((Dictionary<object, object?>)networks["inner"]!, "internal").ToLowerInvariant());
    }

    [Theory]
    [MemberData(nameof(NativeServices))]
    public void HealthCheck_NativeService_IsTheVerb(string name) =>
        Assert.Equal(["CMD", "/app/pyairtable", "healthcheck"], List((Dictionary<object, object?>)ComposeFile.Services[name]["healthcheck"]!, "test"));

    [Theory]
    [InlineData("all-in-one")]
    [InlineData("automation-services")]
    public void MemoryLimit_ServiceThatExtracts_HasRoomForEachWorker(string name)
    {
        var defaults = ComposeFile.Variables;
        var limit = Megabytes(defaults[name == "all-in-one" ? "ALL_IN_ONE_MEMORY" : "AUTOMATION_MEMORY"]);

        Assert.InRange(ServiceMegabytes + (int.Parse(defaults["TASK_WORKER_COUNT"], CultureInfo.InvariantCulture) * Megabytes(defaults["TEXT_EXTRACTION_MEMORY"])), 1, limit);
    }

    [Fact]
    public void DependsOn_Conditions_AreMetByHealthChecks()
    {
        foreach (var (name, service) in ComposeFile.Services.Where(service => service.Value.ContainsKey("depends_on")))
        {
            foreach (var (other, how) in (Dictionary<object, object?>)service["depends_on"]!)
            {
                var profiles = List(ComposeFile.Services[(string)other], "profiles");
                Assert.True(List(service, "profiles").All(profiles.Contains), $"{name} waits for {other}, which is not in its profiles");
                Assert.Contains(Text((Dictionary<object, object?>)how!, "condition"), (string[])["service_healthy", "service_started"]);
            }
        }
    }

    [Fact]
    public void Environment_Any_HoldsNoSecret()
    {
        foreach (var (name, service) in ComposeFile.Services.Where(service => service.Value.ContainsKey("environment")))
        {
            Assert.All(
                ComposeFile.EnvironmentOf(name).Where(variable => variable.Key.Contains("KEY", StringComparison.Ordinal) || variable.Key.Contains("SECRET", StringComparison.Ordinal) || variable.Key.Contains("PASSWORD", StringComparison.Ordinal)),
                variable => Assert.StartsWith("/run/secrets/", variable.Value, StringComparison.Ordinal));
            Assert.All(
                ComposeFile.EnvironmentOf(name).Values.Where(value => value.StartsWith("/run/secrets/", StringComparison.Ordinal)),
                value => Assert.Contains(value["/run/secrets/".Length..], List(service, "secrets")));
        }
    }

    // Whoever called the Python MCP server calls the native one now, by the same URL, and only that one calls Python.
    [Fact]
    public void McpServer_Native_StandsInThePythonServersPlaceAndBeforeIt()
    {
        const string Url = "http://mcp-server:8001";

        Assert.Equal(Url, ComposeFile.Variables["MCP_SERVER_URL"]);
        Assert.Equal(Url, ComposeFile.EnvironmentOf("llm-orchestrator")["MCP_SERVER_HTTP_URL"]);
        Assert.Equal("8001", ComposeFile.EnvironmentOf("mcp-server")["MCP_SERVER_PORT"]);
        Assert.Equal("http://mcp-server-python:" + ComposeFile.EnvironmentOf("mcp-server-python")["MCP_SERVER_PORT"], ComposeFile.Variables["MCP_PYTHON_URL"]);
        Assert.Equal(["hybrid"], List(ComposeFile.Services["mcp-server"], "profiles"));
        Assert.Equal(["hybrid", "python"], List(ComposeFile.Services["mcp-server-python"], "profiles"));
        Assert.Equal(["mcp-server"], ComposeFile.Services.Keys.Where(name => ComposeFile.Services[name].ContainsKey("environment") && ComposeFile.EnvironmentOf(name).ContainsKey("MCP_PYTHON_URL")));
    }

    [Fact]
    public void AllInOne_McpUrl_IsItsOwnServers()
    {
        var environment = ComposeFile.EnvironmentOf("all-in-one");

        Assert.Equal("http://localhost:" + environment["MCP_SERVER_PORT"], environment["MCP_SERVER_URL"]);
    }

    [Fact]
    public void MemoryLimit_NativeMcpServer_IsAQuarterOfThePythonOnes() =>
        Assert.Equal(Megabytes(ComposeFile.Variables["MCP_SERVER_MEMORY"]), 4 * Megabytes(ComposeFile.Variables["MCP_MEMORY"]));

    private static int Megabytes(string size) => int.Parse(size.TrimEnd('m', 'M', 'B'), CultureInfo.InvariantCulture);

    private static string Text(Dictionary<object, object?> mapping, string key) => Convert.ToString(mapping[key], CultureInfo.InvariantCulture)!;

    private static List<string> List(Dictionary<object, object?> mapping, string key) => [.. ((List<object?>)mapping[key]!).Select(entry => Convert.ToString(entry, CultureInfo.InvariantCulture)!)];
}
