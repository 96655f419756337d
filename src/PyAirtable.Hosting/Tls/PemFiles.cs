using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PyAirtable.Hosting.Tls;

/// <summary>Certificates and keys in PEM files.</summary>
internal static class PemFiles
{
    /// <summary>What is wrong with a certificate's file; null for nothing.</summary>
    public static string? FaultOfCertificate(string path) => Fault(path, "no certificate in PEM", () =>
    {
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(path));
    });

    /// <summary>What is wrong with the file of a key, where that of its certificate is good; null for nothing.</summary>
    public static string? FaultOfKey(string certificatePath, string path) => Fault(path, "no key that fits the certificate", () =>
    {
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(certificatePath), File.ReadAllText(path));
    });

    private static string? Fault(string path, string lack, Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return $"the file \"{path}\" cannot be read";
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return $"the file \"{path}\" has {lack}";
        }
    }
}
