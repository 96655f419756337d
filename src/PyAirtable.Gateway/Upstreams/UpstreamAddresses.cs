using System.Net;
using Microsoft.Extensions.Logging;
using PyAirtable.Gateway.Forwarding;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>Looks an upstream's names up: at the first use, and in the background while it is in use. A look-up that fails leaves the
/// addresses as they are.</summary>
internal sealed partial class UpstreamAddresses
{
    private const int MaxPerName = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Addresses that nobody has asked for in this time are asked for before they are used.
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(1);

    private readonly Upstream _upstream;
    private readonly UpstreamEndpoint[] _endpoints;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _lookUp;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly bool _isFixed;
    private readonly long _interval;
    private readonly long _stale;
    private volatile AddressSet _current;
    private Task _running = Task.CompletedTask;
    private long _asked;
    private bool _isRetired;

    /// <summary>The addresses of an upstream; nothing is looked up yet.</summary>
    /// <param name="upstream">The upstream.</param>
    /// <param name="interval">How often names in use are looked up.</param>
    /// <param name="lookUp">Asks for a name's addresses; null where an HTTP proxy does that.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="log">Where failures go.</param>
    public UpstreamAddresses(Upstream upstream, TimeSpan interval, Func<string, CancellationToken, Task<IPAddress[]>>? lookUp, TimeProvider clock, ILogger log)
    {
        (_upstream, _lookUp, _clock, _log) = (upstream, lookUp ?? (static (_, _) => Task.FromResult<IPAddress[]>([])), clock, log);
        _endpoints = UpstreamEndpoint.ParseList(upstream.BaseUrl);
        _interval = (long)(interval.TotalSeconds * clock.TimestampFrequency);
        _stale = (long)(Stale.TotalSeconds * clock.TimestampFrequency);
        _isFixed = lookUp is null || Array.TrueForAll(_endpoints, static endpoint => IPAddress.TryParse(endpoint.Host, out _));
        _current = new AddressSet(_isFixed ? Array.ConvertAll(_endpoints, endpoint => new UpstreamAddress(endpoint, lookUp is null ? null : IPAddress.Parse(endpoint.Host))) : []);
    }

    /// <summary>The addresses as last known; none before the first <see cref="RefreshAsync"/> where there is a name among them.</summary>
    public AddressSet Current => _current;

    /// <summary>Whether <see cref="Current"/> is good to use as it is; starts a look-up in the background when it is time.</summary>
    public bool IsReady()
    {
        if (_isFixed)
        {
            return true;
        }
        var now = _clock.GetTimestamp();
        var asked = Volatile.Read(ref _asked);
        if (_current.All.IsEmpty || now - asked > Math.Max(_stale, _interval))
        {
            return false;
        }
        if (now - asked > _interval && Interlocked.CompareExchange(ref _asked, now, asked) == asked)
        {
            _ = Start();
        }
        return true;
    }

    /// <summary>Looks the names up, or waits for who does so already; bounded in time.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while it waited.</exception>
    public Task RefreshAsync(CancellationToken cancel) => Start().WaitAsync(cancel);

    /// <summary>The upstream is no more: connections to its addresses are kept no longer.</summary>
    public void Retire()
    {
        lock (_gate)
        {
            _isRetired = true;
            RetireAll(_current);
        }
    }

    private static void RetireAll(AddressSet addresses)
    {
        foreach (var address in addresses.All)
        {
            address.Retire();
        }
    }

    private Task Start()
    {
        lock (_gate)
        {
            return _running.IsCompleted ? _running = Task.Run(LookUpAsync) : _running;
        }
    }

    private async Task LookUpAsync()
    {
        var before = _current;
        var found = await Task.WhenAll(_endpoints.Select(endpoint => LookUpAsync(endpoint, before)));
        var addresses = found.SelectMany(static several => several).ToList();
        var gone = before.All.ToArray().Except(addresses).ToList();
        if (gone.Count > 0 || addresses.Count != before.All.Length)
        {
            lock (_gate)
            {
                _current = new AddressSet(addresses);
                if (_isRetired)
                {
                    RetireAll(_current);
                }
            }
            LogAddresses(_log, _upstream.Name, addresses.Count);
        }
        gone.ForEach(static address => address.Retire());
        Volatile.Write(ref _asked, _clock.GetTimestamp());
    }

    private async Task<List<UpstreamAddress>> LookUpAsync(UpstreamEndpoint endpoint, AddressSet before)
    {
        var known = before.All.ToArray().Where(address => address.Endpoint == endpoint).ToList();
        IPAddress[] found = [];
        try
        {
            found = IPAddress.TryParse(endpoint.Host, out var literal) ? [literal] : await _lookUp(endpoint.Host, CancellationToken.None).WaitAsync(Patience, _clock);
        }
        catch (Exception error)
        {
            LogLookUpFailed(_log, _upstream.Name, endpoint.Host, error.Message);
        }
        return found.Length == 0
            ? known
            : [.. found.Distinct().Take(MaxPerName).Select(ip => known.Find(address => ip.Equals(address.EndPoint?.Address)) ?? new UpstreamAddress(endpoint, ip))];
    }

    [LoggerMessage(EventId = 540, Level = LogLevel.Information, Message = "{Upstream} has {Count} addresses")]
    private static partial void LogAddresses(ILogger logger, string upstream, int count);

    [LoggerMessage(EventId = 541, Level = LogLevel.Warning, Message = "{Upstream}: no address of {Host}, {Reason}")]
    private static partial void LogLookUpFailed(ILogger logger, string upstream, string host, string reason);
}
