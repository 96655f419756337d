namespace PyAirtable.Gateway.Compression;

/// <summary>The codings of bodies, in the order in which the gateway likes them (gateway contract 4.4).</summary>
internal enum ContentCoding
{
    /// <summary>Brotli, <c>br</c> (RFC 7932).</summary>
    Brotli,

    /// <summary>gzip (RFC 1952).</summary>
    Gzip,

    /// <summary>deflate, which is zlib's format (RFC 1950).</summary>
    Deflate,

    /// <summary>As it is.</summary>
    Identity,
}
