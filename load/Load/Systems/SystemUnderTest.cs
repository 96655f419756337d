using System.Net;
using PyAirtable.Load.Http;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Systems;

/// <summary>What is put under load: a gateway, and what is known of the processes behind it.</summary>
internal abstract class SystemUnderTest : IAsyncDisposable
{
    /// <summary>Describes one.</summary>
    /// <param name="loop">Where the clients live.</param>
    /// <param name="gateway">Its gateway.</param>
    /// <param name="key">The API key.</param>
    /// <param name="connections">Connections of the client at most.</param>
    /// <param name="description">What it is, in reports.</param>
    /// <exception cref="FormatException">The gateway is not reached by plain HTTP, or its name not known.</exception>
    protected SystemUnderTest(LoadLoop loop, Uri gateway, string key, int connections, string description)
    {
        (Gateway, Key, Description) = (gateway, key, description);
        Client = new LoadClient(loop, Resolve(gateway), gateway.Authority, key, connections);
    }

    /// <summary>The gateway's address.</summary>
    public Uri Gateway { get; }

    /// <summary>The API key.</summary>
    public string Key { get; }

    /// <summary>What it is, in reports.</summary>
    public string Description { get; }

    /// <summary>Client of the gateway.</summary>
    public LoadClient Client { get; }

    /// <summary>Processor time of generator, servers and upstreams so far.</summary>
    public abstract ProcessorTimes ProcessorTimes();

    /// <summary>Memory of the servers now, in MB of 2^20 bytes; NaN where they run elsewhere.</summary>
    public abstract double Megabytes();

    /// <summary>Highest memory of the servers so far; NaN where they run elsewhere.</summary>
    public abstract double PeakMegabytes();

    /// <summary>What each service has taken so far; empty where they run elsewhere.</summary>
    public virtual IReadOnlyList<ServiceUsage> Services() => [];

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        Client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static IPEndPoint Resolve(Uri gateway)
    {
        if (gateway.Scheme != Uri.UriSchemeHttp)
        {
            throw new FormatException($"{gateway} is not reached by plain HTTP");
        }
        var address = IPAddress.TryParse(gateway.Host, out var literal) ? literal : Dns.GetHostAddresses(gateway.DnsSafeHost).FirstOrDefault(found => found.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork);
        return new IPEndPoint(address ?? throw new FormatException($"{gateway.Host} has no IPv4 address"), gateway.Port);
    }
}
