using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PyAirtable.Hosting.Data;

/// <summary>Opens connections to one SQLite file, with the settings that each kind of connection needs.</summary>
internal sealed class SqliteFile
{
    // The driver's own time-out only adds to busy_timeout, which waits inside SQLite.
    private const string Shared = "PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; ";

    // FULL: a commit is on disk before it is acknowledged. The log is cut back after a burst, to twice of what it holds between two checkpoints:
    // it is written over then, which is quicker to be on disk than a file that grows.
    private const string Writer = Shared + "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-2048; PRAGMA journal_size_limit=8388608;";

    // A write that goes around the one writer fails here instead of blocking it. Half a MiB of pages each.
    private const string Reader = Shared + "PRAGMA cache_size=-512; PRAGMA query_only=ON;";

    private static readonly Lazy<bool> Provider = new(SetProvider);
    private readonly string _path;
    private readonly string _connectionString;

    public SqliteFile(string path)
    {
        _path = path;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 5,
        }.ConnectionString;
    }

    /// <summary>Opens the connection that writes; makes the folder and the file when they are not there.</summary>
    public SqliteConnection OpenWriter()
    {
        Create();
        return Open(new SqliteConnection(_connectionString), Writer);
    }

    /// <summary>Opens a connection that reads; whoever disposes it hands it to <paramref name="pool"/>.</summary>
    public SqliteReader OpenReader(SqliteReaders pool) => Open(new SqliteReader(_connectionString, pool), Reader);

    private static T Open<T>(T connection, string pragmas) where T : SqliteConnection
    {
        _ = Provider.Value;
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = pragmas;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Close();
            throw;
        }
    }

    /// <summary>Readable by the service's user alone; SQLite gives its log and index files the same mode.</summary>
    private void Create()
    {
        if (File.Exists(_path))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(_path, options).Dispose();
    }

    private static bool SetProvider()
    {
        raw.SetProvider(new SQLite3Provider_sqlite3());
        return true;
    }
}
