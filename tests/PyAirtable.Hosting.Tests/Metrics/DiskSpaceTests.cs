using System.Globalization;
using System.Text;
using PyAirtable.Hosting.Metrics;

namespace PyAirtable.Hosting.Tests.Metrics;

public sealed class DiskSpaceTests : IDisposable
{
    private readonly ServiceMetrics _metrics = new(TimeProvider.System);

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task AddDiskSpace_Folder_TellsRoomAndSize()
    {
        _metrics.AddDiskSpace("data", "/");

        var (free, size) = (await ReadAsync("pyairtable_disk_free_bytes"), await ReadAsync("pyairtable_disk_size_bytes"));
        Assert.InRange(free, 1, size);
    }

    [Fact]
    public async Task AddDiskSpace_NoSuchFolder_IsNaN()
    {
        _metrics.AddDiskSpace("data", "/there/is/no/such/folder");

        Assert.Equal(double.NaN, await ReadAsync("pyairtable_disk_free_bytes"));
    }

    private async Task<double> ReadAsync(string name)
    {
        using var output = new MemoryStream();
        await _metrics.WriteAsync(output, TestContext.Current.CancellationToken);
        var start = name + "{folder=\"data\"} ";
        var line = Encoding.UTF8.GetString(output.ToArray()).Split('\n').Single(line => line.StartsWith(start, StringComparison.Ordinal));
        return double.Parse(line[start.Length..], CultureInfo.InvariantCulture);
    }
}
