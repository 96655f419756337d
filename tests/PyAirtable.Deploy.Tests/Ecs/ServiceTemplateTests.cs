using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PyAirtable.Deploy.Tests.Ecs;

/// <summary>The ECS templates agree with the settings, the image, the measured figures and the SLOs.</summary>
public sealed class ServiceTemplateTests
{
    private static readonly string Traffic = Repository.Read("deploy/ecs/traffic.yaml");
    private static readonly string Base = Repository.Read("deploy/ecs/base.yaml");

    public static TheoryData<string> Services => [.. ServiceNames.OnEcs];

    [Fact]
    public async Task Templates_PassTheirValidation()
    {
        var (code, output) = await Script.RunAsync("deploy/ecs/validate");

        Assert.True(code == 0, output);
        Assert.EndsWith("3 passed, 0 failed\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Variables_OfService_AreSettingsOfItsExecutable(string service)
    {
        var settings = ServiceSettings.Of(service);
        var given = ServiceTemplate.Environment.Concat(ServiceTemplate.Secrets).Where(variable => variable.Services.Contains(service)).Select(variable => variable.Name).ToArray();

        Assert.NotEmpty(given);
        Assert.Equal(given.Distinct(), given);
        Assert.All(given, name => Assert.True(settings.ContainsKey(name), $"{name} is no setting of {service}"));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Secrets_OfService_AreNeverPlain(string service)
    {
        var settings = ServiceSettings.Of(service);

        Assert.All(ServiceTemplate.Environment.Where(variable => variable.Services.Contains(service)), variable => Assert.False(settings[variable.Name].IsSecret, variable.Name));
        Assert.All(ServiceTemplate.Secrets.Where(variable => variable.Services.Contains(service)), variable => Assert.True(settings[variable.Name].IsSecret, variable.Name));
    }

    [Fact]
    public void CutoverParameters_HaveTheSettingsDefaults()
    {
        var settings = ServiceSettings.Of("gateway");
        var given = ServiceTemplate.Environment.Where(variable => variable.Name.StartsWith("CUTOVER_", StringComparison.Ordinal)).Select(variable => variable.Name).ToArray();

        Assert.NotEmpty(given);
        Assert.All(given, name =>
        {
            var parameter = Regex.Match(ServiceTemplate.Text, $@"Name: {name}, Value: !Ref (\w+)").Groups[1].Value;
            var fallback = Regex.Match(ServiceTemplate.Text, $@"^  {parameter}: \{{ Type: \w+, Default: ([^,}}]+)", RegexOptions.Multiline).Groups[1].Value.Trim();
            Assert.Equal(settings[name].Default, fallback.Trim('"'));
        });
    }

    // What a task is given by a secret it may read, and its role no other.
    [Fact]
    public void ExecutionRole_ReadsTheSecretsOfTheContainer()
    {
        var role = ServiceTemplate.Text[ServiceTemplate.Text.IndexOf("secretsmanager:GetSecretValue", StringComparison.Ordinal)..ServiceTemplate.Text.IndexOf("  TaskRole:", StringComparison.Ordinal)];
        var container = ServiceTemplate.Text[ServiceTemplate.Text.IndexOf("          Secrets:\n", StringComparison.Ordinal)..ServiceTemplate.Text.IndexOf("          LogConfiguration:", StringComparison.Ordinal)];

        Assert.Equal(Secrets(container), Secrets(role));

        // Each with its condition.
        static string[] Secrets(string text) =>
            [.. Regex.Matches(text, @"(?:!If \[(\w+), .*?)?(?:!Ref|Base\}-)\s?(\w+Secret)").Select(match => match.Groups[1].Value + ":" + match.Groups[2].Value).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Ports_AreTheServicesDefaults(string service)
    {
        var settings = ServiceSettings.Of(service);
        var ports = ServiceTemplate.Mapping("Ports", service);

        Assert.Equal(settings[ServiceNames.PortSetting(service)].Default, ports["service"]);
        Assert.Equal(settings["MANAGEMENT_PORT"].Default, ports["management"]);
        Assert.Contains($"    {service}: {{ service: \"{ports["service"]}\", management: \"{ports["management"]}\" }}\n", Traffic, StringComparison.Ordinal);
    }

    [Fact]
    public void Templates_TakeAllServices()
    {
        var allowed = $"AllowedValues: [{string.Join(", ", ServiceNames.OnEcs)}]";

        Assert.Contains(allowed, ServiceTemplate.Text, StringComparison.Ordinal);
        Assert.Contains(allowed, Traffic, StringComparison.Ordinal);
    }

    [Fact]
    public void McpUrl_WhereNoneIsGiven_IsThatOfTheServiceBehindTheInnerBalancer()
    {
        var port = ServiceTemplate.Mapping("Ports", "mcp")["service"];

        Assert.Contains("MCP_SERVER_URL, Value: !If [HasMcpUrl, !Ref McpServerUrl, { Fn::ImportValue: !Sub \"${Base}-McpUrl\" }]", ServiceTemplate.Text, StringComparison.Ordinal);
        Assert.Contains($"Value: !Sub \"http://${{InnerLoadBalancer.DNSName}}:{port}\", Export: {{ Name: !Sub \"${{AWS::StackName}}-McpUrl\" }}", Base, StringComparison.Ordinal);
        Assert.Contains("Value: !Ref InnerLoadBalancer, Export: { Name: !Sub \"${AWS::StackName}-mcp-LoadBalancer\" }", Base, StringComparison.Ordinal);
    }

    // Its tool routes ask for no key.
    [Fact]
    public void McpPort_IsOpenToServicesOnly()
    {
        var rules = Regex.Matches(Base, @"FromPort: 8001\D+ToPort: 8001\W+(\w+): !Ref (\w+)", RegexOptions.Singleline);

        Assert.All(rules, rule => Assert.Equal("SourceSecurityGroupId", rule.Groups[1].Value));
        Assert.Equal(["AutomationGroup", "GatewayGroup", "InnerGroup", "OrchestratorGroup"], rules.Select(rule => rule.Groups[2].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Container_HasUserAndHealthCheckOfTheImage()
    {
        var image = Repository.Read("Dockerfile.aot");
        var user = Regex.Match(image, @"^USER (\S+)$", RegexOptions.Multiline).Groups[1].Value;
        var check = Regex.Match(image, """^HEALTHCHECK .* CMD \["(.*)"\]$""", RegexOptions.Multiline).Groups[1].Value.Replace("\", \"", ", ", StringComparison.Ordinal);

        Assert.Contains($"          User: \"{user}\"\n          ReadonlyRootFilesystem: true\n", ServiceTemplate.Text, StringComparison.Ordinal);
        Assert.Contains($"            Command: [CMD, {check}]\n", ServiceTemplate.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Stop_LeavesTimeToFinish()
    {
        var stop = Number(ServiceTemplate.Text, @"StopTimeout: (\d+)");
        var shutdown = Number(ServiceTemplate.Text, @"Name: SHUTDOWN_TIMEOUT, Value: (\d+)s");

        Assert.True(stop > shutdown);
        Assert.Equal(shutdown, Number(Traffic, @"deregistration_delay.timeout_seconds, Value: ""(\d+)"""));
    }

    [Fact]
    public void IdleTimeout_IsLongerThanPingsAndShorterThanTheServicesOwn()
    {
        var idle = Number(Base, @"IdleTimeout:\n.*\n(?:.*\n)*?    Default: (\d+)");
        var gateway = ServiceSettings.Of("gateway");

        Assert.InRange(idle, 2 * int.Parse(gateway["WS_PING_INTERVAL"].Default, CultureInfo.InvariantCulture), 129);
        Assert.True(idle > int.Parse(gateway["PROXY_TIMEOUT_SECONDS"].Default, CultureInfo.InvariantCulture));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void ScalingOnRequests_FollowsFromTheAssumedTimeOfOne(string service)
    {
        var milliseconds = Assumed("RequestMicroseconds", service) / 1000;

        Assert.All(ServiceTemplate.Mapping("RequestsPerMinute", service), row =>
            Assert.Equal(60_000 * double.Parse(row.Key, CultureInfo.InvariantCulture) / 1024 * 0.6 / milliseconds, double.Parse(row.Value, CultureInfo.InvariantCulture), 3));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void AssumedNeeds_LeaveRoomOverTheMeasuredOnes(string service)
    {
        using var measured = JsonDocument.Parse(Repository.Read("load/measured.json"));
        var program = measured.RootElement.GetProperty("programs").GetProperty(service == "allinone" ? "all-in-one" : service);

        Assert.InRange(program.GetProperty("cpu_ms").GetDouble(), 0, Assumed("RequestMicroseconds", service) / 1000);
        Assert.InRange(program.GetProperty("memory_mb").GetDouble(), 0, Assumed("ServiceMegabytes", service));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void SizingPage_HasTheAssumedNeeds(string service)
    {
        var requests = int.Parse(ServiceTemplate.Mapping("RequestsPerMinute", service)["256"], CultureInfo.InvariantCulture);
        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"| {(service == "allinone" ? "all in one" : service)} | {Assumed("RequestMicroseconds", service) / 1000} ms | {requests:N0} | {requests / 60} | {Assumed("ServiceMegabytes", service)} MB |\n");

        Assert.Contains(row, Repository.Read("docs/sizing.md"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("512")]
    [InlineData("1024")]
    [InlineData("2048")]
    [InlineData("4096")]
    [InlineData("8192")]
    public void Extraction_FitsIntoTheTask(string memory)
    {
        var limits = ServiceTemplate.Mapping("Extraction", memory);
        var each = int.Parse(limits["memory"].Replace("MB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

        Assert.InRange((int.Parse(limits["workers"], CultureInfo.InvariantCulture) * each) + Assumed("ServiceMegabytes", "automation"), 0, int.Parse(memory, CultureInfo.InvariantCulture));
        Assert.True(each >= 64);
    }

    [Theory]
    [InlineData("SuccessPercent", "success, working day", "at_least", 1)]
    [InlineData("LatencySeconds", "P95 end to end", "at_most", 0.001)]
    [InlineData("Connections", "connections", "at_least", 1)]
    public void Alarms_HaveTheLimitsOfTheSlos(string parameter, string target, string bound, double unit)
    {
        using var slo = JsonDocument.Parse(Repository.Read("load/slo.json"));
        var wanted = slo.RootElement.GetProperty("targets").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == target).GetProperty(bound).GetDouble();

        Assert.Equal(wanted * unit, Number(Traffic, $@"  {parameter}: \{{ Type: Number, Default: ([\d.]+)"), 9);
    }

    private static double Assumed(string need, string service) =>
        double.Parse(Regex.Match(ServiceTemplate.Text, $$"""^    {{need}}: \{.*\b{{service}}: ([\d.]+)""", RegexOptions.Multiline).Groups[1].Value, CultureInfo.InvariantCulture);

    private static double Number(string text, string pattern) => double.Parse(Regex.Match(text, pattern).Groups[1].Value, CultureInfo.InvariantCulture);
}
