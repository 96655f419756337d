using System.Net;
using PyAirtable.Gateway.Http1;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>Where an upstream can be reached: one IP address of one of its base URLs. The same object for as long as a name has the
/// address, so connections can be kept by it.</summary>
internal sealed class UpstreamAddress
{
    // The path goes up as it was sent: without this, Uri decodes what need not be encoded.
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly string _start;
    private int _inFlight;
    private int _failures;
    private int _ejections;
    private long _ejectedUntil;
    private volatile bool _isGone;
    private ConnectionPool? _connections;

    /// <summary>An address.</summary>
    /// <param name="endpoint">The base URL.</param>
    /// <param name="ip">The address of its host; null where an HTTP proxy looks the name up.</param>
    public UpstreamAddress(UpstreamEndpoint endpoint, IPAddress? ip)
    {
        Endpoint = endpoint;
        EndPoint = ip is null ? null : new IPEndPoint(ip, endpoint.Port);
        _start = EndPoint is null ? endpoint.BaseUrl : $"{(endpoint.IsTls ? "https" : "http")}://{EndPoint}{endpoint.PathPrefix}";
    }

    /// <summary>Its base URL.</summary>
    public UpstreamEndpoint Endpoint { get; }

    /// <summary>What to connect to; null where an HTTP proxy looks the name up.</summary>
    public IPEndPoint? EndPoint { get; }

    /// <summary>True once the name has this address no longer: connections to it are not kept.</summary>
    public bool IsGone => _isGone;

    /// <summary>Attempts under way.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>The plain HTTP/1.1 connections to it, made at the first use.</summary>
    /// <param name="loops">Where they live.</param>
    /// <param name="maxCalls">Calls that the upstream has at once at most.</param>
    public ConnectionPool ConnectionsOn(EventLoops loops, int maxCalls) =>
        _connections ?? Interlocked.CompareExchange(ref _connections, new ConnectionPool(this, loops, maxCalls), null) ?? _connections!;

    /// <summary>The address of a path with its query, both encoded, for the framework's HTTP client.</summary>
    public Uri UriOf(string pathAndQuery) => new(_start + pathAndQuery, AsWritten);

    /// <summary>Whether it is left out at <paramref name="now"/>, a timestamp.</summary>
    public bool IsEjected(long now) => Volatile.Read(ref _ejectedUntil) > now;

    /// <summary>An attempt starts.</summary>
    internal void Enter() => Interlocked.Increment(ref _inFlight);

    /// <summary>An attempt is over.</summary>
    internal void Leave() => Interlocked.Decrement(ref _inFlight);

    /// <summary>The name no longer has it.</summary>
    internal void Retire()
    {
        _isGone = true;
        _connections?.CloseIdle();
    }

    /// <summary>It answered. An address that was left out has to do so before its failures are forgotten.</summary>
    internal void Succeed()
    {
        if (Volatile.Read(ref _failures) != 0)
        {
            Volatile.Write(ref _failures, 0);
        }
    }

    /// <summary>It failed.</summary>
    /// <returns>How many times in a row.</returns>
    internal int Fail() => Interlocked.Increment(ref _failures);

    /// <summary>Leaves it out; false where it is left out already.</summary>
    /// <param name="now">A timestamp.</param>
    /// <param name="step">Timestamps for the first time, and more for each further one.</param>
    /// <param name="max">Timestamps at most; also, after so many in use, the next time is a first one again.</param>
    internal bool TryEject(long now, long step, long max)
    {
        var until = Volatile.Read(ref _ejectedUntil);
        if (until > now)
        {
            return false;
        }
        var times = until == 0 || now - until > max ? 1 : _ejections + 1;
        if (Interlocked.CompareExchange(ref _ejectedUntil, now + Math.Min(step * times, max), until) != until)
        {
            return false;
        }
        _ejections = times;
        return true;
    }
}
