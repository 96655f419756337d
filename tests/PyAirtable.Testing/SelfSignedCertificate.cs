using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PyAirtable.Testing;

/// <summary>A new certificate for localhost, with its key, as two PEM files in a folder of their own.</summary>
public sealed class SelfSignedCertificate : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pyairtable-certificate-").FullName;

    /// <summary>Makes the first certificate.</summary>
    public SelfSignedCertificate() => Renew();

    /// <summary>File of the certificate.</summary>
    public string CertificateFile => Path.Combine(_folder, "tls.crt");

    /// <summary>File of the private key.</summary>
    public string KeyFile => Path.Combine(_folder, "tls.key");

    /// <summary>Hash by which the certificate is known.</summary>
    public string Thumbprint { get; private set; } = "";

    /// <summary>Puts another certificate and key into the files.</summary>
    public void Renew()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Thumbprint = certificate.Thumbprint;
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A client that takes this certificate and no other.</summary>
    public HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == Thumbprint },
    });

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
