using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Automation.Tests;

public sealed class AutomationSettingsTests
{
    [Fact]
    public void Read_NothingSet_HasTheContractsDefaults()
    {
        var settings = Read([], out var errors);

        Assert.Empty(errors);
        Assert.Equal((8006, "./uploads", 104857600L, 4), (settings.Listen.Port, settings.UploadDirectory, settings.MaxFileSize, settings.Workers));
        Assert.Equal([".pdf", ".doc", ".docx", ".txt", ".csv", ".xlsx", ".xls"], settings.AllowedExtensions);
        Assert.Equal((TimeSpan.FromSeconds(3600), TimeSpan.FromSeconds(300), 512L << 20), (settings.ExecutionTimeout, settings.ExtractionTimeout, settings.ExtractionMemory));
    }

    [Fact]
    [Contract("D15")]
    public void Read_DeploymentsSpellings_AreTaken()
    {
        var settings = Read(new() { ["MAX_FILE_SIZE"] = "10MB", ["ALLOWED_EXTENSIONS"] = "pdf, .TXT,csv", ["UPLOAD_DIR"] = "/tmp/uploads", ["DEFAULT_WORKFLOW_TIMEOUT"] = "300", ["WORKER_POOL_SIZE"] = "100" }, out var errors);

        Assert.Empty(errors);
        Assert.Equal((10485760L, "/tmp/uploads", TimeSpan.FromMinutes(5), 100), (settings.MaxFileSize, settings.UploadDirectory, settings.ExecutionTimeout, settings.Workers));
        Assert.Equal([".pdf", ".txt", ".csv"], settings.AllowedExtensions);
    }

    [Fact]
    public void Read_OtherServices_AreSharedByName()
    {
        var settings = Read(new() { ["AIRTABLE_GATEWAY_URL"] = "http://a:1, http://b:2", ["AIRTABLE_BASE"] = "appX", ["API_KEY"] = "k", ["HTTP_REQUEST_ALLOWED_HOSTS"] = "inside,10.0.0.0/8" }, out var errors);

        Assert.Empty(errors);
        Assert.Equal(["http://a:1", "http://b:2"], settings.AirtableGatewayUrls);
        Assert.Equal(["http://llm-orchestrator:8003", "http://mcp-server:8001"], settings.LlmOrchestratorUrls.Concat(settings.McpServerUrls));
        Assert.Equal(("appX", "k", true), (settings.AirtableBaseId, settings.UpstreamKey, settings.AllowedOutboundHosts.Has("inside")));
    }

    [Fact]
    public void Read_NameAndAlias_TheNameWins() =>
        Assert.Equal("/a", Read(new() { ["UPLOAD_DIRECTORY"] = "/a", ["UPLOAD_DIR"] = "/b" }, out _).UploadDirectory);

    [Theory]
    [Contract("D24")]
    [InlineData("debug", "sqlite:///x.db", DatabaseEngine.Sqlite)]
    [InlineData("Debug", "postgres://ann@db/app", DatabaseEngine.PostgreSql)]
    public void Read_SpellingsThatStoppedTheOriginal_AreTaken(string level, string url, DatabaseEngine engine)
    {
        var reader = new SettingsReader([SettingLayer.Of("test", new Dictionary<string, string> { ["LOG_LEVEL"] = level, ["DATABASE_URL"] = url })]);
        var process = ProcessSettings.Read(reader, 9006);

        Assert.Equal((LogLevel.Debug, engine), (process.Log.Level, DatabaseSettings.Read(reader, process).Engine));
        Assert.Empty(reader.Errors);
    }

    [Theory]
    [InlineData("MAX_FILE_SIZE", "big")]
    [InlineData("TASK_WORKER_COUNT", "0")]
    [InlineData("EXECUTION_TIMEOUT", "-1")]
    [InlineData("TEXT_EXTRACTION_MEMORY", "1MB")]
    [InlineData("ALLOWED_EXTENSIONS", "[1]")]
    [InlineData("AIRTABLE_GATEWAY_URL", "airtable-gateway:8002")]
    [InlineData("LLM_ORCHESTRATOR_URL", "http://a,nonsense")]
    [InlineData("HTTP_REQUEST_ALLOWED_HOSTS", "10.0.0.0/99")]
    [InlineData("HTTP_REQUEST_ALLOWED_HOSTS", "[1]")]
    public void Read_WrongValue_NamesTheVariable(string name, string value)
    {
        Read(new() { [name] = value }, out var errors);

        Assert.Contains(name, Assert.Single(errors).ToString(), StringComparison.Ordinal);
    }

    private static AutomationSettings Read(Dictionary<string, string> values, out IReadOnlyList<SettingError> errors)
    {
        var reader = new SettingsReader([SettingLayer.Of("test", values)]);
        var settings = AutomationSettings.Read(reader, ProcessSettings.Read(new SettingsReader([]), 9006));
        errors = reader.Errors;
        return settings;
    }
}
