using PyAirtable.Testing;

namespace PyAirtable.Deploy.Tests.Images;

/// <summary><c>deploy/image/pack-layers</c> changes how layers are packed, and nothing else.</summary>
public sealed class PackLayersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("layout-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task PackLayers_ImagesOfTwoArchitectures_HaveTheSameContentByZstd()
    {
        string[] contents = [new('a', 100_000), new('b', 50_000)];
        var layout = OciLayout.Create(_folder, ["amd64", "arm64"], (OciLayout.Gzip, contents[0]), (OciLayout.Plain, contents[1]));
        var configs = Configs(layout).ToList();

        var (code, output) = await Script.RunAsync("deploy/image/pack-layers", _folder);

        Assert.Equal((0, ""), (code, output));
        Assert.Equal(configs, Configs(layout));
        Assert.Equal(["amd64", "arm64"], layout.Images.Select(image => image.Descriptor.GetProperty("platform").GetProperty("architecture").GetString()));
        foreach (var layers in layout.Images.Select(image => image.Manifest.GetProperty("layers").EnumerateArray().ToList()))
        {
            Assert.All(layers, layer => Assert.Equal(OciLayout.Zstd, layer.GetProperty("mediaType").GetString()));
            Assert.Equal(contents, await Task.WhenAll(layers.Select(layer => UnpackAsync(layout.FileOf(layer)))));
        }
    }

    [Fact]
    public async Task PackLayers_Twice_ChangesNothingMore()
    {
        OciLayout.Create(_folder, ["amd64"], (OciLayout.Gzip, "content"));
        await Script.RunAsync("deploy/image/pack-layers", _folder);
        var first = await File.ReadAllTextAsync(Path.Combine(_folder, "index.json"));

        await Script.RunAsync("deploy/image/pack-layers", _folder);

        Assert.Equal(first, await File.ReadAllTextAsync(Path.Combine(_folder, "index.json")));
    }

    [Fact]
    public async Task PackLayers_LayerOfAnUnknownType_FailsAndLeavesTheIndex()
    {
        OciLayout.Create(_folder, ["amd64"], ("application/x-unknown", "content"));
        var index = await File.ReadAllTextAsync(Path.Combine(_folder, "index.json"));

        var (code, output) = await Script.RunAsync("deploy/image/pack-layers", _folder);

        Assert.NotEqual(0, code);
        Assert.Contains("application/x-unknown", output, StringComparison.Ordinal);
        Assert.Equal(index, await File.ReadAllTextAsync(Path.Combine(_folder, "index.json")));
    }

    private static IEnumerable<string?> Configs(OciLayout layout) => layout.Images.Select(image => image.Manifest.GetProperty("config").GetProperty("digest").GetString());

    private static async Task<string> UnpackAsync(string file)
    {
        // The tool's output is read by lines.
        var (code, output, errors) = await ExecutableProcess.RunAsync("/usr/bin/zstd", PublishedExecutable.Root, new Dictionary<string, string>(), "-dqc", file);
        Assert.True(code == 0, errors);
        return output.TrimEnd('\n');
    }
}
