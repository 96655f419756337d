using System.Globalization;

namespace PyAirtable.Bench.Peers;

/// <summary>What every bench here stands on: a scratch folder, the upstream, and the cores that proxies and load are pinned to.</summary>
internal sealed class Rig : IDisposable
{
    /// <summary>The API key of all peers.</summary>
    public const string Key = "a-key-for-measuring-0123456789abcdef";

    private readonly List<ServerProcess> _servers = [];
    private readonly Arguments _arguments;
    private readonly string _configurations = Path.Combine(Environment.CurrentDirectory, "bench/Peers");

    /// <summary>Starts the upstream.</summary>
    public Rig(Arguments arguments)
    {
        _arguments = arguments;
        Folder = Directory.CreateTempSubdirectory("peers-").FullName;
        var port = ServerProcess.FreePort();
        Upstream = ServerProcess.Start("upstream", port, [Tool("upstream"), Text(port)], new Dictionary<string, string>(), LoadCore, Folder);
    }

    /// <summary>For everything that is written meanwhile; gone at the end.</summary>
    public string Folder { get; }

    /// <summary>The upstream.</summary>
    public ServerProcess Upstream { get; }

    /// <summary>The gateway's executable.</summary>
    public string Gateway => _arguments.Gateway;

    /// <summary>An empty PostgreSQL database, for the peer that does not start without one.</summary>
    public string DatabaseUrl { get; set; } = "";

    /// <summary>The core of the load generator and the upstream.</summary>
    public int LoadCore => _arguments.LoadCore;

    /// <summary>Starts a peer on the proxies' core.</summary>
    public ServerProcess Start(Peer peer)
    {
        var port = ServerProcess.FreePort();
        var (command, environment) = peer.Launch(this, port);
        var server = ServerProcess.Start(peer.Name, port, command, environment, _arguments.ProxyCore, Folder, keepsOutput: !peer.LogsRequests);
        lock (_servers)
        {
            _servers.Add(server);
        }
        return server;
    }

    /// <summary>Stops all peers.</summary>
    public void StopPeers()
    {
        lock (_servers)
        {
            _servers.ForEach(server => server.Dispose());
            _servers.Clear();
        }
    }

    /// <summary>Path of a program that was built for this bench.</summary>
    public static string Tool(string name) => Path.Combine(Environment.CurrentDirectory, "artifacts/peers/bin", name);

    /// <summary>Fills a configuration of this folder in and says where it is.</summary>
    public string Fill(string configuration, int port)
    {
        var text = File.ReadAllText(Path.Combine(_configurations, configuration))
            .Replace("{port}", Text(port), StringComparison.Ordinal)
            .Replace("{upstream}", Text(Upstream.Port), StringComparison.Ordinal)
            .Replace("{key}", Key, StringComparison.Ordinal)
            .Replace("{folder}", Folder, StringComparison.Ordinal);
        var path = Path.Combine(Folder, configuration);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Stops everything and removes the folder.</summary>
    public void Dispose()
    {
        StopPeers();
        Upstream.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
