using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Bench.Micro;

/// <summary>Access tokens: made at login, checked on every bearer request; beside the HMAC-SHA256 that each cannot do without.</summary>
[MemoryDiagnoser]
public class TokenBenchmarks : IDisposable
{
    private readonly TokenIssuer _issuer;
    private readonly TokenVerifier _verifier;
    private readonly string _token;
    private readonly byte[] _key;
    private readonly byte[] _signed;

    public TokenBenchmarks()
    {
        var options = new JwtOptions { Secret = "a-secret-for-measuring-0123456789abcdef" };
        _issuer = new TokenIssuer(options, TimeProvider.System);
        _verifier = new TokenVerifier(options, TimeProvider.System);
        _token = _issuer.Issue(7, "ada@example.com", "user").Text;
        _key = Encoding.UTF8.GetBytes(options.Secret);
        _signed = Encoding.ASCII.GetBytes(_token[.._token.LastIndexOf('.')]);
    }

    [Benchmark(Baseline = true)]
    public int Hmac()
    {
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return HMACSHA256.HashData(_key, _signed, signature);
    }

    [Benchmark]
    public object Issue() => _issuer.Issue(7, "ada@example.com", "user");

    [Benchmark]
    public object Verify() => _verifier.Verify(_token);

    public void Dispose()
    {
        _issuer.Dispose();
        _verifier.Dispose();
        GC.SuppressFinalize(this);
    }
}
