using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace PyAirtable.Testing;

/// <summary>The files and the process of a <see cref="PostgresServer"/>.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // The shell outlives a killed test process: its input ends then, and it takes the server and the folder away.
    // A time zone other than UTC, so that tests see a conversion that should not be there.
    private const string Serve = """
        "$1/postgres" -D "$2/data" -p "$3" -k "$2" -c listen_addresses=127.0.0.1 -c max_connections=200 -c timezone=Asia/Kolkata >>"$2/log" 2>&1 &
        server=$!
        (while kill -0 $server 2>/dev/null; do sleep 0.2; done; kill $$) 2>/dev/null &
        watch=$!
        trap 'exit 1' TERM
        read -r order
        trap '' TERM
        kill $watch
        kill -INT $server
        while kill -0 $server 2>/dev/null; do sleep 0.02; done
        [ "$order" = stop ] || rm -rf "$2"
        exit 0
        """;

    private const string Initialize = """
        trap '' PIPE
        folder=$(mktemp -d /tmp/pyairtable-postgres.XXXXXX) || exit 1
        "$1/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$folder/log" 2>&1 || { cat "$folder/log" >&2; rm -rf "$folder"; exit 1; }
        echo "$folder" || rm -rf "$folder"
        """;

    private readonly string _binaries;
    private readonly string _folder;
    private Process? _process;

    private PostgresCluster(string binaries, string folder)
    {
        (_binaries, _folder) = (binaries, folder);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=postgres;Database=postgres;Pooling=false;Timeout=5");

    public static async Task<PostgresCluster> CreateAsync()
    {
        var binaries = PostgresBinaries.Find();
        using var shell = PostgresBinaries.RunAsServerUser(Initialize, binaries);
        shell.StandardInput.Close();
        var errors = shell.StandardError.ReadToEndAsync();
        var folder = (await shell.StandardOutput.ReadToEndAsync()).Trim();
        await shell.WaitForExitAsync();
        return shell.ExitCode == 0 ? new(binaries, folder) : throw new InvalidOperationException("initdb failed: " + await errors);
    }

    public async Task StartAsync()
    {
        _process = PostgresBinaries.RunAsServerUser(Serve, _binaries, _folder, Port.ToString(CultureInfo.InvariantCulture));
        var waited = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (_process.HasExited || waited.Elapsed > Patience)
            {
                throw new InvalidOperationException("PostgreSQL did not start: " + await File.ReadAllTextAsync(Path.Combine(_folder, "log")));
            }

            await Task.Delay(30);
        }
    }

    public Task StopAsync() => EndAsync("stop");

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
        {
            await StartAsync();
        }

        await EndAsync("remove");
    }

    private async Task EndAsync(string order)
    {
        var process = _process ?? throw new UnreachableException("PostgreSQL is not running");
        _process = null;
        await process.StandardInput.WriteLineAsync(order);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString);
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
