using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace PyAirtable.Hosting.Serving;

/// <summary>
/// Says once that HTTP/2 was agreed upon. Kestrel chooses a connection's protocol by what TLS has negotiated and offers no other way
/// where both are possible; as soon as it has asked, the connection is what it is again, one in clear text.
/// </summary>
internal sealed class NegotiatedHttp2 : ITlsConnectionFeature, ITlsApplicationProtocolFeature
{
    private static readonly byte[] Name = "h2"u8.ToArray();

    private readonly IFeatureCollection _features;

    private NegotiatedHttp2(IFeatureCollection features) => _features = features;

    /// <inheritdoc/>
    public X509Certificate2? ClientCertificate { get; set; }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> ApplicationProtocol
    {
        get
        {
            _features.Set<ITlsConnectionFeature>(null);
            _features.Set<ITlsApplicationProtocolFeature>(null);
            return Name;
        }
    }

    public static void AddTo(IFeatureCollection features)
    {
        var negotiated = new NegotiatedHttp2(features);
        features.Set<ITlsConnectionFeature>(negotiated);
        features.Set<ITlsApplicationProtocolFeature>(negotiated);
    }

    /// <inheritdoc/>
    public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult<X509Certificate2?>(null);
}
