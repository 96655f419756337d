using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Hosting.Tls;

/// <summary>
/// The certificate that a listener shows. When connections come, its files are looked at every ten seconds, and a new certificate
/// in them is taken for the connections after. The contents are compared, not the times: where files are mounted through symbolic
/// links, these keep theirs.
/// </summary>
internal sealed partial class TlsCertificate
{
    private readonly TlsSettings _files;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private Served _served;
    private long _lookedAt;
    private int _looking;

    /// <summary>Reads the files.</summary>
    /// <exception cref="CryptographicException">They are no certificate and its key.</exception>
    /// <exception cref="IOException">They cannot be read.</exception>
    public TlsCertificate(TlsSettings files, TimeProvider clock, ILogger log)
    {
        (_files, _clock, _log) = (files, clock, log);
        _served = Read(null)!;
        _lookedAt = clock.GetTimestamp();
    }

    /// <summary>Time after which the files are looked at again.</summary>
    public static TimeSpan LookEvery { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How to answer a handshake now. Never waits for the files.</summary>
    public SslServerAuthenticationOptions ForConnection()
    {
        if (_clock.GetElapsedTime(Volatile.Read(ref _lookedAt)) >= LookEvery && Interlocked.Exchange(ref _looking, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static certificate => certificate.Look(), this, preferLocal: false);
        }
        return Volatile.Read(ref _served).Options;
    }

    // The old certificate is not disposed: handshakes may be under way with it.
    private void Look()
    {
        try
        {
            if (Read(_served) is { } changed)
            {
                Volatile.Write(ref _served, changed);
                LogTaken(_log, _files.CertificateFile);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            LogKept(_log, _files.CertificateFile, e.Message);
        }
        finally
        {
            Volatile.Write(ref _lookedAt, _clock.GetTimestamp());
            Volatile.Write(ref _looking, 0);
        }
    }

    // Null where nothing has changed since.
    private Served? Read(Served? before)
    {
        var (certificate, key) = (File.ReadAllText(_files.CertificateFile), File.ReadAllText(_files.KeyFile));
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{certificate}\n{key}"));
        if (before is not null && digest.AsSpan().SequenceEqual(before.Digest))
        {
            return null;
        }
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate);
        return new Served(digest, new SslServerAuthenticationOptions
        {
            // Made once, so that sessions can be resumed; what the chain lacks is not fetched from elsewhere.
            ServerCertificateContext = SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(certificate, key), chain, offline: true),
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            AllowRenegotiation = false,
        });
    }

    private sealed record Served(byte[] Digest, SslServerAuthenticationOptions Options);

    [LoggerMessage(EventId = 20, Level = LogLevel.Information, Message = "new certificate taken from {File}")]
    private static partial void LogTaken(ILogger logger, string file);

    [LoggerMessage(EventId = 21, Level = LogLevel.Warning, Message = "certificate kept, {File} cannot be taken: {Reason}")]
    private static partial void LogKept(ILogger logger, string file, string reason);
}
