using PyAirtable.Testing;

namespace PyAirtable.Conformance;

/// <summary>A wrong setting ends the start with one line that names it, exit code 2, and nothing on disk.</summary>
public sealed class WrongSettingsTests
{
    /// <summary>Executable, variable, wrong value.</summary>
    public static TheoryData<string, string, string> Rows => new()
    {
        { "AllInOne", "GATEWAY_PORT", "http" },
        { "AllInOne", "PLATFORM_PORT", "65536" },
        { "AllInOne", "AUTOMATION_PORT", "-1" },
        { "AllInOne", "MANAGEMENT_PORT", "9000.5" },
        { "AllInOne", "HOST", "not a host" },
        { "AllInOne", "MANAGEMENT_HOST", "1" },
        { "AllInOne", "SHUTDOWN_TIMEOUT", "soon" },
        { "AllInOne", "DATABASE_URL", "mysql://localhost/x" },
        { "AllInOne", "DATABASE_URL", "sqlite::memory:" },
        { "AllInOne", "DATABASE_URL", "postgresql://host:port/db" },
        { "AllInOne", "DB_MAX_OPEN_CONNS", "0" },
        { "AllInOne", "REDIS_URL", "http://localhost:6379" },
        { "AllInOne", "REDIS_DB", "first" },
        { "AllInOne", "OTEL_EXPORTER_OTLP_ENDPOINT", "collector" },
        { "AllInOne", "OTEL_TRACES_SAMPLER_ARG", "2" },
        { "Gateway", "API_KEY", "" },
        { "Gateway", "PORT", "0x1F40" },
        { "Gateway", "LLM_ORCHESTRATOR_URL", "localhost:8003" },
        { "Gateway", "MCP_SERVER_URL", "ftp://host" },
        { "Gateway", "AIRTABLE_GATEWAY_URL", "http://user:secret@host" },
        { "Gateway", "PLATFORM_SERVICES_URL", "in-process" },
        { "Gateway", "HEALTH_CHECK_TIMEOUT", "five" },
        { "Gateway", "PROXY_TIMEOUT_SECONDS", "0" },
        { "Gateway", "RATE_LIMIT_RPM", "many" },
        { "Gateway", "REQUIRE_API_KEY", "perhaps" },
        { "Gateway", "MAX_FILE_SIZE", "10XB" },
        { "Gateway", "API_KEY_FILE", "/no/such/file" },
        { "Platform", "JWT_EXPIRES_IN", "1w" },
        { "Platform", "JWT_EXPIRES_IN", "0" },
        { "Platform", "JWT_ALGORITHM", "none" },
        { "Platform", "PASSWORD_HASH_ROUNDS", "32" },
        { "Platform", "PASSWORD_MIN_LENGTH", "eight" },
        { "Platform", "JWT_SECRET_FILE", "/no/such/file" },
        { "Automation", "MAX_FILE_SIZE", "1.5MB" },
        { "Automation", "TASK_WORKER_COUNT", "0" },
        { "Automation", "ALLOWED_EXTENSIONS", "[1]" },
        { "Automation", "EXECUTION_TIMEOUT", "1w" },
        { "Automation", "TEXT_EXTRACTION_TIMEOUT", "never" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Start_WrongSetting_EndsWithItsName(string project, string variable, string value)
    {
        var folder = Directory.CreateTempSubdirectory("settings-").FullName;
        var environment = new Dictionary<string, string> { ["PORT"] = "0", ["MANAGEMENT_PORT"] = "0" };
        if (project == "Gateway" && variable != "API_KEY_FILE")
        {
            environment["API_KEY"] = "key";
        }
        environment[variable] = value;

        var (code, output, errors) = await ExecutableProcess.RunAsync(Executable(project), folder, environment, "serve");

        Assert.Equal((2, ""), (code, output));
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith(variable + ": ", line, StringComparison.Ordinal);
        Assert.Contains("; takes ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line.Replace("secret;", "", StringComparison.Ordinal).Replace("holds the secret", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        Directory.Delete(folder);
    }

    [Fact]
    public async Task Start_SeveralWrong_ReportsAll()
    {
        var folder = Directory.CreateTempSubdirectory("settings-").FullName;

        var (code, _, errors) = await ExecutableProcess.RunAsync(
            PublishedExecutable.Platform, folder, new Dictionary<string, string> { ["PORT"] = "x", ["JWT_ALGORITHM"] = "RS256", ["LOG_LEVEL"] = "loud", ["PASSWORD_HASH_ROUNDS"] = "3" });

        Assert.Equal(2, code);
        Assert.Equal(["JWT_ALGORITHM", "PASSWORD_HASH_ROUNDS", "PORT"], errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':')[0]).Order());
        Directory.Delete(folder);
    }

    [Fact]
    public async Task Start_ProductionDefaults_AreRefused()
    {
        var folder = Directory.CreateTempSubdirectory("settings-").FullName;
        var environment = new Dictionary<string, string>
        {
            ["ENVIRONMENT"] = "production",
            ["DATABASE_URL"] = "postgresql://admin:changeme@localhost:5432/pyairtablemcp",
        };

        var (code, _, errors) = await ExecutableProcess.RunAsync(PublishedExecutable.Platform, folder, environment);

        Assert.Equal(2, code);
        Assert.Equal(["API_KEY", "DATABASE_URL", "JWT_SECRET"], errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':')[0]).Order());
        Assert.DoesNotContain("changeme", errors, StringComparison.Ordinal);
        Directory.Delete(folder);
    }

    private static string Executable(string project) => project switch
    {
        "Gateway" => PublishedExecutable.Gateway,
        "Platform" => PublishedExecutable.Platform,
        "Automation" => PublishedExecutable.Automation,
        _ => PublishedExecutable.AllInOne,
    };
}
