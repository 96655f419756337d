using PyAirtable.Testing;

namespace PyAirtable.Deploy.Tests.Images;

/// <summary><c>deploy/push-images</c>, with stand-ins for the builder and for what pushes.</summary>
public sealed class PushImagesTests : IDisposable
{
    // Writes the layout of ./layout to where --output says.
    private const string Builder = """
        #!/bin/bash
        echo "docker $*" >>"$CALLS"
        for argument in "$@"; do
          case $argument in type=oci,*) target=${argument#*dest=}; tar -cf "${target%%,*}" -C "$LAYOUT" . ;; esac
        done
        """;

    // Keeps what it is given to push.
    private const string Pusher = """
        #!/bin/bash
        echo "skopeo $*" >>"$CALLS"
        for argument in "$@"; do
          case $argument in oci:*) cp -a "${argument#oci:}" "$PUSHED" ;; esac
        done
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("push-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task PushImages_OneService_IsBuiltForBothArchitecturesPackedByZstdAndPushed()
    {
        var (code, output) = await PushAsync("registry.example/pyairtable", "1.2.3", "mcp");

        Assert.True(code == 0, output);
        var calls = await File.ReadAllLinesAsync(Path.Combine(_folder, "calls"));
        Assert.Equal(2, calls.Length);
        Assert.StartsWith("docker buildx build -f Dockerfile.aot --platform linux/amd64,linux/arm64 --build-arg SERVICE=mcp ", calls[0], StringComparison.Ordinal);
        Assert.EndsWith(" docker://registry.example/pyairtable/mcp:1.2.3", calls[1], StringComparison.Ordinal);
        Assert.All(
            new OciLayout(Path.Combine(_folder, "pushed")).Images.SelectMany(image => image.Manifest.GetProperty("layers").EnumerateArray()),
            layer => Assert.Equal(OciLayout.Zstd, layer.GetProperty("mediaType").GetString()));
    }

    [Fact]
    public async Task PushImages_WithoutATag_SaysHow()
    {
        var (code, output) = await PushAsync("registry.example/pyairtable");

        Assert.Equal(2, code);
        Assert.Contains("Usage: deploy/push-images PREFIX TAG [" + string.Join("] [", ServiceNames.Projects.Keys) + "]", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Release_EveryService_IsPushedByTheScript()
    {
        var workflow = Repository.Read(".github/workflows/release.yml");

        Assert.Contains($"service: [{string.Join(", ", ServiceNames.Projects.Keys)}]\n", workflow, StringComparison.Ordinal);
        Assert.Contains("run: deploy/push-images \"$REGISTRY\" \"${GITHUB_REF_NAME#v}\" ${{ matrix.service }}\n", workflow, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output)> PushAsync(params string[] arguments)
    {
        OciLayout.Create(Path.Combine(_folder, "layout"), ["amd64", "arm64"], (OciLayout.Gzip, "content"));
        Write("docker", Builder);
        Write("skopeo", Pusher);
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = Path.Combine(_folder, "bin") + ":/usr/bin:/bin",
            ["CALLS"] = Path.Combine(_folder, "calls"),
            ["LAYOUT"] = Path.Combine(_folder, "layout"),
            ["PUSHED"] = Path.Combine(_folder, "pushed"),
        };
        var (code, output, errors) = await ExecutableProcess.RunAsync(Repository.PathOf("deploy", "push-images"), _folder, environment, arguments);
        return (code, output + errors);
    }

    private void Write(string name, string script)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName, name);
        File.WriteAllText(file, script);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
