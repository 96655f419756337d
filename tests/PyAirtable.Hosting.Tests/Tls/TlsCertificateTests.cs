using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Settings;
using PyAirtable.Hosting.Tls;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Tls;

public sealed class TlsCertificateTests : IDisposable
{
    private readonly SelfSignedCertificate _files = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task ForConnection_FilesChanged_ShowsTheNewCertificate()
    {
        var certificate = Create();
        var before = _files.Thumbprint;
        _files.Renew();

        Assert.Equal(before, Shown(certificate));
        _time.Advance(TlsCertificate.LookEvery);

        await UntilAsync(() => Shown(certificate) == _files.Thumbprint);
    }

    [Fact]
    public async Task ForConnection_FilesSpoilt_KeepsTheOldUntilTheyAreGood()
    {
        var certificate = Create();
        var before = _files.Thumbprint;
        await File.WriteAllTextAsync(_files.KeyFile, "nothing", TestContext.Current.CancellationToken);
        _time.Advance(TlsCertificate.LookEvery);
        Assert.Equal(before, Shown(certificate));

        _files.Renew();

        await UntilAsync(() =>
        {
            _time.Advance(TlsCertificate.LookEvery);
            return Shown(certificate) == _files.Thumbprint;
        });
    }

    [Fact]
    public void ForConnection_FilesUnchanged_GivesTheSameOptions()
    {
        var certificate = Create();

        Assert.Same(certificate.ForConnection(), certificate.ForConnection());
    }

    public void Dispose() => _files.Dispose();

    private static string Shown(TlsCertificate certificate) => certificate.ForConnection().ServerCertificateContext!.TargetCertificate.Thumbprint;

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(10, limit.Token);
        }
    }

    private TlsCertificate Create() => new(new TlsSettings(_files.CertificateFile, _files.KeyFile), _time, NullLogger.Instance);
}
