using PyAirtable.Testing;

namespace PyAirtable.Deploy.Tests.Compose;

/// <summary><c>deploy/make-secrets</c>, and the settings that the Compose file makes with its files.</summary>
public sealed class MakeSecretsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("secrets-").FullName;

    private string Secrets => Path.Combine(_folder, "secrets");

    public static TheoryData<string> NativeServices => [.. ComposeFile.Native.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task MakeSecrets_Twice_MakesWhatTheComposeFileMountsAndKeepsIt()
    {
        await MakeAsync();
        var first = ReadAll();
        await MakeAsync();

        Assert.Equal(first, ReadAll());
        var mounted = ((Dictionary<object, object?>)Repository.ReadYaml("docker-compose.yml")["secrets"]!).Keys.Cast<string>();
        Assert.Equal(mounted.Order(), first.Keys.Order());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Secrets));
        Assert.Equal(64, first["jwt_secret"].TrimEnd().Length);
        Assert.Contains(first["postgres_password"].TrimEnd(), first["database_url"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NativeServices))]
    public async Task ConfigCheck_EnvironmentOfTheContainer_IsGood(string service)
    {
        await MakeAsync();
        var (code, output, errors) = await ComposeFile.ConfigureAsync();
        Assert.True(code == 0, errors);
        var services = (Dictionary<object, object?>)Repository.ParseYaml(output)["services"]!;
        var environment = ComposeFile.Strings(((Dictionary<object, object?>)services[service]!)["environment"])
            .ToDictionary(variable => variable.Key, variable => variable.Value.Replace("/run/secrets", Secrets, StringComparison.Ordinal));
        foreach (var (name, value) in Repository.RuntimeEnvironment())
        {
            environment[name] = value;
        }
        var (project, executable) = ComposeFile.Native[service];

        (code, output, errors) = await ExecutableProcess.RunAsync(Repository.Executable(project, executable), _folder, environment, "config", "check");

        Assert.True(code == 0, output + errors);
    }

    private async Task MakeAsync()
    {
        var (code, _, errors) = await ExecutableProcess.RunAsync(Repository.PathOf("deploy", "make-secrets"), _folder, new Dictionary<string, string>());
        Assert.True(code == 0, errors);
    }

    private Dictionary<string, string> ReadAll() => Directory.GetFiles(Secrets).ToDictionary(file => Path.GetFileName(file)!, File.ReadAllText);
}
