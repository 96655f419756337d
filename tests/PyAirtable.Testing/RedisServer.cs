using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PyAirtable.Testing;

/// <summary>
/// A real <c>redis-server</c> on a free loopback port, without persistence: what is stopped comes back empty.
/// </summary>
public sealed class RedisServer : IDisposable
{
    private static readonly Lazy<RedisServer> Lazily = new(() => new RedisServer());
    private static int _databases;

    private readonly string[] _arguments;
    private readonly string _folder = Directory.CreateTempSubdirectory("pyairtable-redis-").FullName;
    private Process? _process;

    /// <summary>Starts a server of its own, for tests that stop it or set it up differently.</summary>
    /// <param name="arguments">More arguments of <c>redis-server</c>.</param>
    public RedisServer(params string[] arguments)
    {
        _arguments = arguments;
        using (var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            Port = ((IPEndPoint)probe.LocalEndPoint!).Port;
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
        Start();
    }

    /// <summary>The server that all tests of the process share. Each takes a database by <see cref="TakeDatabase"/>.</summary>
    public static RedisServer Shared => Lazily.Value;

    /// <summary>Port on 127.0.0.1, the same after a restart.</summary>
    public int Port { get; }

    /// <summary>URL of a database that no other test of the process uses.</summary>
    public string TakeDatabase() => Url(Interlocked.Increment(ref _databases));

    /// <summary>URL of the database with this index.</summary>
    public string Url(int database) => string.Create(CultureInfo.InvariantCulture, $"redis://127.0.0.1:{Port}/{database}");

    /// <summary>Starts the server and waits until it answers.</summary>
    public void Start()
    {
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true, WorkingDirectory = _folder };
        foreach (var argument in (string[])["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1",
            "--save", "", "--appendonly", "no", "--databases", "512", "--dir", _folder, .. _arguments])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("redis-server is not installed; on Debian: apt-get install redis-server", e);
        }

        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        var started = Stopwatch.StartNew();
        while (!Answers())
        {
            if (_process.HasExited || started.Elapsed > TimeSpan.FromSeconds(20))
            {
                throw new InvalidOperationException($"redis-server did not start on port {Port}.");
            }

            _process.WaitForExit(20);
        }
    }

    /// <summary>Kills the server; connections break and its data is gone.</summary>
    public void Stop()
    {
        if (Interlocked.Exchange(ref _process, null) is { } process)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }

    /// <summary>Stops the server for good.</summary>
    public void Dispose()
    {
        Stop();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", Port);
            var stream = client.GetStream();
            stream.ReadTimeout = 1000;
            stream.Write("PING\r\n"u8);
            var answer = new byte[7];
            stream.ReadExactly(answer);
            return Encoding.ASCII.GetString(answer) is "+PONG\r\n" or "-NOAUTH";
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
