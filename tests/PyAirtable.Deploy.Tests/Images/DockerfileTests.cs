using System.Text.RegularExpressions;

namespace PyAirtable.Deploy.Tests.Images;

/// <summary>Dockerfile.aot and its scripts agree with the sources, the verbs and the settings.</summary>
public sealed class DockerfileTests
{
    private static readonly string File = Repository.Read("Dockerfile.aot");

    [Fact]
    public void Services_InPublishScript_AreAllExecutables()
    {
        var cases = Regex.Matches(Repository.Read("build/image-publish.sh"), @"^  (\w+)\) project=(\w+) ;;", RegexOptions.Multiline)
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        var executables = Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => System.IO.File.ReadAllText(project).Contains("NativeExecutable.props", StringComparison.Ordinal))
            .Select(project => Path.GetFileNameWithoutExtension(project).Replace("PyAirtable.", "", StringComparison.Ordinal));

        Assert.Equal(ServiceNames.Projects.OrderBy(pair => pair.Key), cases.OrderBy(pair => pair.Key));
        Assert.Equal(executables.Order(), cases.Values.Order());
    }

    [Fact]
    public void RestoreLayer_CopiesEveryProjectAndItsLock()
    {
        var projects = Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories).Select(Path.GetDirectoryName).Select(Path.GetFileName);

        Assert.All(projects, name => Assert.Contains($"\nCOPY src/{name}/*.csproj src/{name}/packages.lock.json src/{name}/\n", File, StringComparison.Ordinal));
    }

    [Fact]
    public void Context_HasEveryFileThatIsCopied()
    {
        var context = Repository.Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]).ToArray();
        var copied = Regex.Matches(File, @"^COPY (?!--from)(.*) \S+$", RegexOptions.Multiline).SelectMany(match => match.Groups[1].Value.Split(' '));

        Assert.All(copied, source => Assert.Contains(context, entry => source == entry || source.StartsWith(entry + "/", StringComparison.Ordinal) || (entry.EndsWith("-*.sh", StringComparison.Ordinal) && source.StartsWith(entry[..^4], StringComparison.Ordinal))));
    }

    [Fact]
    public void Version_IsThatOfTheBuild()
    {
        var version = Regex.Match(Repository.Read("Directory.Build.props"), "<Version>(.*)</Version>").Groups[1].Value;

        Assert.Contains($"\nARG VERSION={version}\n", File, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BUILDARCH")]
    [InlineData("TARGETARCH")]
    public void PlatformArgument_HasNoDefault_SinceItWouldWinOverTheBuilder(string name) => Assert.Contains($"\nARG {name}\n", File, StringComparison.Ordinal);

    [Fact]
    public void Commands_AreVerbs()
    {
        var verbs = Repository.Read("src/PyAirtable.Hosting/CommandLine/VerbRunner.cs");
        var used = Regex.Matches(File, """\["/app/pyairtable", "([a-z]+)"\]|^CMD \["([a-z]+)"\]""", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value + match.Groups[2].Value).ToArray();

        Assert.Equal(["healthcheck", "serve"], used);
        Assert.All(used, verb => Assert.Contains($"new(\"{verb}\",", verbs, StringComparison.Ordinal));
    }

    [Fact]
    public void Environment_IsOfSettingsThatEveryServiceWithThemKnows()
    {
        var names = Regex.Match(File, "^ENV (.*)$", RegexOptions.Multiline).Groups[1].Value.Split(' ').Select(pair => pair.Split('=')[0]);
        var allInOne = ServiceSettings.Of("allinone");

        Assert.All(names, name => Assert.True(allInOne.ContainsKey(name), name));
    }

    [Fact]
    public void Ports_AreTheDefaultsOfAllServices()
    {
        var exposed = Regex.Match(File, "^EXPOSE (.*)$", RegexOptions.Multiline).Groups[1].Value.Split(' ');
        var defaults = ServiceNames.Projects.Keys.Where(service => service != "allinone")
            .Select(service => (Settings: ServiceSettings.Of(service), Port: ServiceNames.PortSetting(service)))
            .SelectMany(service => new[] { service.Settings[service.Port].Default, service.Settings["MANAGEMENT_PORT"].Default });

        Assert.Equal(defaults.Order(), exposed.Order());
    }

    [Fact]
    public void TimeZones_AreThereForServicesThatHaveTheSetting()
    {
        var script = Repository.Read("build/image-publish.sh");
        var with = Regex.Match(script, @"^  ([a-z |]+)\)\n    mkdir -p /image/usr/share$", RegexOptions.Multiline).Groups[1].Value.Split(" | ");

        Assert.Equal(ServiceNames.Projects.Keys.Where(service => ServiceSettings.Of(service).ContainsKey("SCHEDULER_TIMEZONE")).Order(), with.Order());
    }
}
