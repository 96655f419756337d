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

    [Theory]
    [MemberData(nameof(Services))]
    public void Ports_AreTheServicesDefaults(string service)
    {
        var settings = ServiceSettings.Of(service);
        var ports = ServiceTemplate.Mapping("Ports", service);

        Assert.Equal(settings[service == "allinone" ? "GATEWAY_PORT" : "PORT"].Default, ports["service"]);
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
    public void ScalingOnRequests_FollowsFromTheMeasuredTimeOfOne(string service)
    {
        using var measured = JsonDocument.Parse(Repository.Read("load/measured.json"));
        var milliseconds = measured.RootElement.GetProperty("programs").GetProperty(service == "allinone" ? "all-in-one" : service).GetProperty("cpu_ms").GetDouble();

        foreach (var (units, requests) in ServiceTemplate.Mapping("RequestsPerMinute", service))
        {
            var exact = 60_000 * double.Parse(units, CultureInfo.InvariantCulture) / 1024 * 0.6 / milliseconds;
            // Rounded down to two figures.
            var unit = Math.Pow(10, Math.Floor(Math.Log10(exact)) - 1);
            Assert.Equal(Math.Floor((exact / unit) + 1e-9) * unit, double.Parse(requests, CultureInfo.InvariantCulture), 3);
        }
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

        Assert.InRange((int.Parse(limits["workers"], CultureInfo.InvariantCulture) * each) + 120, 0, int.Parse(memory, CultureInfo.InvariantCulture));
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

    private static double Number(string text, string pattern) => double.Parse(Regex.Match(text, pattern).Groups[1].Value, CultureInfo.InvariantCulture);
}
