using System.IO.Pipelines;
using System.Net;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.FastPath;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Http1;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.RateLimiting;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Bench.Micro;

/// <summary>Headers of a proxied request and of its answer, on the fast path's bytes and through the server's collections.</summary>
[MemoryDiagnoser]
public class ForwardedHeadBenchmarks
{
    private const string Url = "http://platform-services:8007";
    private const string Peer = "203.0.113.7";

    private static readonly RateLimitDecision Decision = new(true, 100, 99, TimeSpan.Zero, TimeSpan.FromSeconds(1));

    private readonly FastPathOptions _options = new()
    {
        Routes = [new FastRoute(new PrefixRoute("/api/platform", new Upstream("platform", Url, TimeSpan.FromSeconds(30)), null!))],
        MaxBodyBytes = 64 * 1024,
        TrustedPeers = TrustedPeers.None,
        ReplacesKey = true,
        Compresses = false,
    };

    private readonly UpstreamEndpoint _endpoint = UpstreamEndpoint.ParseList(Url)[0];
    private readonly LocalRateLimiter _limiter = new(new RateLimitOptions(60_000_000, 1_000_000), TimeProvider.System);
    private readonly PipeWriter _client = PipeWriter.Create(Stream.Null);
    private readonly ResponseHead _answer = new();
    private readonly RawTarget _target = new("/analytics/events", "");
    private readonly byte[] _ids = new byte[2 * RandomIds.Length];
    private readonly FastPath _path;
    private readonly FastHead _head;
    private readonly RequestContext _request;

    public ForwardedHeadBenchmarks()
    {
        // Only its constant lines are asked for.
        _path = new FastPath(_options, null, "a-key-of-the-gateway", _limiter, "Server: pyairtable\r\n"u8.ToArray(), null!, null!, null!);
        _head = new FastHead(_options);
        _head.Read(Heads.Request);
        _answer.Read(Heads.Answer);
        RandomIds.Write(_ids.AsSpan(0, RandomIds.Length));
        RandomIds.Write(_ids.AsSpan(RandomIds.Length));
        _request = new RequestContext { Http = Heads.ParsedRequest(IPAddress.Parse(Peer)) };
    }

    [Benchmark]
    public int ReadRequest()
    {
        _head.Read(Heads.Request);
        return _head.Length;
    }

    [Benchmark]
    public int RewriteRequest()
    {
        var bytes = RequestBytes.Rent();
        FastRequest.Write(ref bytes, _path, _head, Heads.Request, _endpoint, Peer, _ids);
        var written = bytes.Written.Length;
        bytes.Dispose();
        return written;
    }

    [Benchmark]
    public int RewriteRequestThroughServer()
    {
        var bytes = RequestBytes.Rent();
        RequestHead.Write(ref bytes, _request, _endpoint, _target, TrustedPeers.None, chunked: false);
        var written = bytes.Written.Length;
        bytes.Dispose();
        return written;
    }

    [Benchmark]
    public ValueTask<FlushResult> RewriteAnswer()
    {
        FastAnswer.WriteHead(_client, _path, _answer, _head, Heads.Request, _ids, Decision, closes: false);
        return _client.FlushAsync();
    }

    [Benchmark]
    public int RewriteAnswerThroughServer()
    {
        var response = _request.Http.Response;
        response.Headers.Clear();
        AnswerHead.Copy(_answer, response);
        return response.Headers.Count;
    }
}
