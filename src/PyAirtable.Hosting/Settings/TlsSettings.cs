using PyAirtable.Hosting.Tls;

namespace PyAirtable.Hosting.Settings;

/// <summary>The certificate of a listener, as two files in PEM.</summary>
/// <param name="CertificateFile">The certificate, and after it those that lead to its issuer.</param>
/// <param name="KeyFile">Its private key, not encrypted.</param>
public sealed record TlsSettings(string CertificateFile, string KeyFile)
{
    private const string CertificateVariable = "TLS_CERT_FILE";
    private const string KeyVariable = "TLS_KEY_FILE";

    /// <summary>Reads <c>TLS_CERT_FILE</c> and <c>TLS_KEY_FILE</c> and looks whether they can be served; null where neither is set.</summary>
    public static TlsSettings? Read(SettingsReader settings)
    {
        var certificate = settings.Text(CertificateVariable, "", "PEM file of the certificate, followed by its chain; with it clients are served by TLS only (HTTP/2 and HTTP/1.1). Read again when it changes.");
        var key = settings.Text(KeyVariable, "", "PEM file of the certificate's private key, not encrypted.");
        if (certificate.Length == 0 && key.Length == 0)
        {
            return null;
        }
        var tls = new TlsSettings(certificate, key);
        tls.Check(settings);
        return tls;
    }

    private void Check(SettingsReader settings)
    {
        if (CertificateFile.Length == 0)
        {
            settings.Fail(CertificateVariable, $"is not set, but {KeyVariable} is", "the path of a certificate in PEM");
        }
        else if (KeyFile.Length == 0)
        {
            settings.Fail(KeyVariable, $"is not set, but {CertificateVariable} is", "the path of a private key in PEM");
        }
        else if (PemFiles.FaultOfCertificate(CertificateFile) is { } certificateFault)
        {
            settings.Fail(CertificateVariable, certificateFault, "the path of a certificate in PEM");
        }
        else if (PemFiles.FaultOfKey(CertificateFile, KeyFile) is { } keyFault)
        {
            settings.Fail(KeyVariable, keyFault, $"the path of the private key, in PEM and not encrypted, of the certificate in {CertificateVariable}");
        }
    }
}
