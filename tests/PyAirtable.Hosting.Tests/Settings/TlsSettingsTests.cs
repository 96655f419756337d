using PyAirtable.Hosting.Settings;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Settings;

public sealed class TlsSettingsTests : IDisposable
{
    private readonly SelfSignedCertificate _one = new();
    private readonly SelfSignedCertificate _other = new();

    [Fact]
    public void Read_NeitherFile_IsNoTls()
    {
        var (tls, errors) = Read("", "");

        Assert.Null(tls);
        Assert.Empty(errors);
    }

    [Fact]
    public void Read_CertificateAndItsKey_AreTaken()
    {
        var (tls, errors) = Read(_one.CertificateFile, _one.KeyFile);

        Assert.Empty(errors);
        Assert.Equal(new TlsSettings(_one.CertificateFile, _one.KeyFile), tls);
    }

    [Fact]
    public void Read_WrongFiles_NamesTheVariable()
    {
        Assert.Equal("TLS_CERT_FILE", Fault("", _one.KeyFile));
        Assert.Equal("TLS_KEY_FILE", Fault(_one.CertificateFile, ""));
        Assert.Equal("TLS_CERT_FILE", Fault("/nonexistent/tls.crt", _one.KeyFile));
        Assert.Equal("TLS_KEY_FILE", Fault(_one.CertificateFile, "/nonexistent/tls.key"));
        Assert.Equal("TLS_CERT_FILE", Fault(_one.KeyFile, _one.KeyFile));
        Assert.Equal("TLS_KEY_FILE", Fault(_one.CertificateFile, _one.CertificateFile));
        Assert.Equal("TLS_KEY_FILE", Fault(_one.CertificateFile, _other.KeyFile));
    }

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }

    private static string Fault(string certificate, string key)
    {
        var error = Assert.Single(Read(certificate, key).Errors);
        Assert.DoesNotContain('\n', error.ToString());
        return error.Name;
    }

    private static (TlsSettings? Tls, IReadOnlyList<SettingError> Errors) Read(string certificate, string key)
    {
        var reader = new SettingsReader([SettingLayer.Of("test", new Dictionary<string, string> { ["TLS_CERT_FILE"] = certificate, ["TLS_KEY_FILE"] = key })]);
        return (TlsSettings.Read(reader), reader.Errors);
    }
}
