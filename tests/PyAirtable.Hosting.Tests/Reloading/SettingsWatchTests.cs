using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Reloading;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Hosting.Tests.Reloading;

public sealed class SettingsWatchTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("watch-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private volatile int _reads;
    private volatile string _seen = "";

    public void Dispose()
    {
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task File_MadeChangedAndRemoved_IsReadAgainEachTime()
    {
        var path = Path.Combine(_folder, ".env");
        var watching = Start(path);

        await File.WriteAllTextAsync(path, "A=1");
        await UntilAsync("1");
        // As long as before, and perhaps of the same moment.
        await File.WriteAllTextAsync(path, "A=2");
        await UntilAsync("2");
        File.Delete(path);
        await UntilAsync("");

        Assert.Equal(3, _reads);
        await _stop.CancelAsync();
        await watching;
    }

    [Fact]
    public async Task SecretFile_NamedByAnother_IsWatchedToo()
    {
        var (path, secret) = (Path.Combine(_folder, ".env"), Path.Combine(_folder, "secret"));
        await File.WriteAllTextAsync(secret, "1");
        var watching = Start(path);

        await File.WriteAllTextAsync(path, $"A_FILE={secret}");
        await UntilAsync("1");
        await File.WriteAllTextAsync(secret, "2");
        await UntilAsync("2");

        await _stop.CancelAsync();
        await watching;
    }

    private Task Start(string path)
    {
        var reload = new SettingsReload(Read(path), [], () => ReadAgain(path), NullLogger.Instance);
        return new SettingsWatch(reload, TimeProvider.System).RunAsync(_stop.Token);
    }

    private static SettingsReader Read(string path)
    {
        var reader = new SettingsReader([DotEnvFile.Read(path)]);
        reader.Keep(reader.Secret("A", "", ""));
        return reader;
    }

    private SettingsReader ReadAgain(string path)
    {
        var reader = Read(path);
        _seen = reader.Kept<string>()!;
        _reads++;
        return reader;
    }

    private async Task UntilAsync(string value)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (_seen != value)
        {
            await Task.Delay(10, limit.Token);
        }
    }
}
