using System.Diagnostics;
using System.Globalization;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Gateway;

/// <summary>HAProxy with nothing but a frontend and a backend, as it comes: its own checks are what is compared.</summary>
internal sealed class HAProxyServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pyairtable-haproxy-").FullName;
    private readonly Process _process;

    /// <summary>Starts it in front of an upstream.</summary>
    /// <param name="upstream">Host and port.</param>
    public HAProxyServer(string upstream)
    {
        var file = Path.Combine(_folder, "haproxy.cfg");
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"""
            defaults
              mode http
              timeout client 2s
              timeout server 2s
              timeout connect 2s
              timeout http-request 2s
            frontend front
              bind 127.0.0.1:{Port}
              default_backend back
            backend back
              server upstream {upstream}

            """));
        _process = Process.Start(new ProcessStartInfo("haproxy", ["-db", "-q", "-f", file]) { RedirectStandardError = true })
            ?? throw new InvalidOperationException("haproxy did not start.");
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>Waits until it accepts.</summary>
    public async Task WaitAsync()
    {
        while (true)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException(await _process.StandardError.ReadToEndAsync());
            }
            using var connection = new RawHttpConnection();
            if (await connection.ConnectAsync(Port))
            {
                return;
            }
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
