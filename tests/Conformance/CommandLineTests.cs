using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PyAirtable.Testing;

namespace PyAirtable.Conformance;

/// <summary>The verbs of every published executable.</summary>
public sealed class CommandLineTests : IDisposable
{
    private static readonly Dictionary<string, string> Settings = new() { ["API_KEY"] = "verbs-key-verbs-key", ["JWT_SECRET"] = "verbs-secret-verbs-secret-verbs-1" };

    private readonly string _folder = Directory.CreateTempSubdirectory("verbs-").FullName;

    /// <summary>All executables.</summary>
    public static TheoryData<string> Executables => [PublishedExecutable.AllInOne, PublishedExecutable.Gateway, PublishedExecutable.Platform, PublishedExecutable.Automation];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Executables))]
    public async Task Help_Asked_HasAnExampleForEachVerb(string executable)
    {
        var (code, output, _) = await RunAsync(executable, "--help");

        Assert.Equal(0, code);
        foreach (var verb in (string[])["serve", "healthcheck", "config check", "config show", "migrate", "openapi", "--version", "--help"])
        {
            Assert.Contains($"e.g. {Path.GetFileName(executable)} {verb}", output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Executables))]
    public async Task Version_Asked_NamesTheCommit(string executable)
    {
        var (code, output, _) = await RunAsync(executable, "--version");

        Assert.Equal(0, code);
        Assert.Matches($@"^{Path.GetFileName(executable)} \d+\.\d+\.\d+ \(commit [0-9a-f]{{40}}\)\n$", output);
    }

    [Theory]
    [MemberData(nameof(Executables))]
    public async Task OpenApi_Asked_IsADocument(string executable)
    {
        var (code, output, _) = await RunAsync(executable, "openapi");

        Assert.Equal(0, code);
        using var document = JsonDocument.Parse(output);
        Assert.Equal("3.1.0", document.RootElement.GetProperty("openapi").GetString());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Theory]
    [MemberData(nameof(Executables))]
    public async Task ConfigShow_Asked_MasksSecrets(string executable)
    {
        var (code, output, _) = await RunAsync(executable, "config", "show");

        Assert.Equal(0, code);
        Assert.Contains("***", output, StringComparison.Ordinal);
        Assert.DoesNotContain("verbs-", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("server", "serve")]
    [InlineData("--versoin", "--version")]
    [InlineData("config chek", "config check")]
    public async Task Verb_Mistyped_SaysTheNearest(string line, string nearest)
    {
        var (code, _, errors) = await RunAsync(PublishedExecutable.AllInOne, line.Split(' '));

        Assert.Equal(2, code);
        Assert.Contains($"did you mean \"{nearest}\"?", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_Twice_SaysUpToDate()
    {
        var (first, applied, _) = await RunAsync(PublishedExecutable.AllInOne, "migrate");
        var (second, none, _) = await RunAsync(PublishedExecutable.AllInOne, "migrate");

        Assert.Equal((0, 0), (first, second));
        Assert.Matches("[0-9]+ migrations applied\n$", applied);
        Assert.Equal("the database is up to date\n", none);
    }

    [Fact]
    public async Task Migrate_Done_RecordsTheChecksumOfEachFile()
    {
        Assert.Equal(0, (await RunAsync(PublishedExecutable.AllInOne, "migrate")).ExitCode);

        var database = string.Concat(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Select(file => File.ReadAllText(file, Encoding.Latin1)));
        var files = Directory.GetFiles(Path.Combine(PublishedExecutable.Root, "src"), "*.sql", SearchOption.AllDirectories).Where(file => file.Contains("/Sqlite/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))), database, StringComparison.Ordinal));
    }

    [Fact]
    public async Task HealthCheck_NobodyThere_Fails()
    {
        var (code, _, errors) = await ExecutableProcess.RunAsync(
            PublishedExecutable.Gateway, _folder, new Dictionary<string, string> { ["API_KEY"] = "k", ["MANAGEMENT_PORT"] = $"{FreePort.Next()}" }, "healthcheck");

        Assert.Equal(1, code);
        Assert.Contains("cannot be reached", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HealthCheck_Running_Succeeds()
    {
        await using var instance = await AllInOneInstance.StartAsync();

        var (code, _, errors) = await ExecutableProcess.RunAsync(PublishedExecutable.AllInOne, instance.Folder, instance.Environment, "healthcheck");

        Assert.Equal((0, ""), (code, errors));
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(string executable, params string[] arguments) =>
        ExecutableProcess.RunAsync(executable, _folder, Settings, arguments);
}
