using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace PyAirtable.Testing;

/// <summary>
/// A real S3-compatible server (s3rver, which verifies signatures) with one empty bucket on a free loopback port. Its objects are files
/// below a temporary folder.
/// </summary>
public sealed class ObjectStorageServer : IDisposable
{
    /// <summary>Name of its bucket.</summary>
    public const string Bucket = "files";

    /// <summary>The one access key that it knows.</summary>
    public const string AccessKey = "S3RVER";

    /// <summary>The key's secret.</summary>
    public const string Secret = "S3RVER";

    private readonly string _folder = Directory.CreateTempSubdirectory("pyairtable-s3-").FullName;
    private Process? _process;

    /// <summary>Starts it and waits until it answers.</summary>
    public ObjectStorageServer()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
        Start();
    }

    /// <summary>Port on 127.0.0.1, the same after a restart.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>Base URL.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    /// <summary>Keys of the objects in the bucket, in order.</summary>
    public IReadOnlyList<string> Keys =>
    [
        .. Directory.EnumerateFiles(BucketFolder, "*" + ObjectSuffix, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(BucketFolder, path)[..^ObjectSuffix.Length]).Order(StringComparer.Ordinal),
    ];

    /// <summary>File on disk that holds an object's bytes; the time of its last write is the object's.</summary>
    public string PathOf(string key) => Path.Combine(BucketFolder, key + ObjectSuffix);

    /// <summary>Starts it, on what was stored.</summary>
    public void Start()
    {
        var script = Path.Combine(PublishedExecutable.Root, "artifacts", "s3rver", "node_modules", "@20minutes", "s3rver", "lib", "cli.js");
        if (!File.Exists(script))
        {
            throw new FileNotFoundException($"{script} is missing; ./test.sh installs it", script);
        }
        var start = new ProcessStartInfo("node", ["-e", $"require('{script}').parse(process.argv.slice(1), {{ from: 'user' }})", "--", "-d", _folder, "-a", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "--configure-bucket", Bucket])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("node is not installed; it has to be of version 20 or later", e);
        }
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var started = Stopwatch.StartNew();
        while (!Answers())
        {
            if (_process.HasExited || started.Elapsed > TimeSpan.FromSeconds(60))
            {
                throw new InvalidOperationException($"s3rver did not start on port {Port}.");
            }
            _process.WaitForExit(20);
        }
    }

    /// <summary>Kills it; what was stored stays.</summary>
    public void Stop()
    {
        if (Interlocked.Exchange(ref _process, null) is { } process)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }

    /// <summary>Stops it for good.</summary>
    public void Dispose()
    {
        Stop();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private const string ObjectSuffix = "._S3rver_object";

    private string BucketFolder => Path.Combine(_folder, Bucket);

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
