using BenchmarkDotNet.Attributes;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Bench.Micro;

/// <summary>Access tokens: made at login, checked on every bearer request.</summary>
[MemoryDiagnoser]
public class TokenBenchmarks : IDisposable
{
    private readonly TokenIssuer _issuer;
    private readonly TokenVerifier _verifier;
    private readonly string _token;

    public TokenBenchmarks()
    {
        var options = new JwtOptions { Secret = "a-secret-for-measuring-0123456789abcdef" };
        _issuer = new TokenIssuer(options, TimeProvider.System);
        _verifier = new TokenVerifier(options, TimeProvider.System);
        _token = _issuer.Issue(7, "ada@example.com", "user").Text;
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
