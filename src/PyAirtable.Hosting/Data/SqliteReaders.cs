namespace PyAirtable.Hosting.Data;

/// <summary>A bounded pool of connections that read one SQLite file.</summary>
internal sealed class SqliteReaders(SqliteFile file, int maximum, int idle) : IDisposable
{
    // More readers than this only take memory: each holds a thread while it reads.
    private const int Ceiling = 16;

    private readonly SemaphoreSlim _free = new(Math.Clamp(maximum, 1, Ceiling));
    private readonly Stack<SqliteReader> _idle = new();
    private bool _closed;

    public int Size { get; } = Math.Clamp(maximum, 1, Ceiling);

    public int CheckedOut => Size - _free.CurrentCount;

    public async ValueTask<SqliteReader> TakeAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            var reader = TakeIdle() ?? file.OpenReader(this);
            reader.Lend();
            return reader;
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    public void Return(SqliteReader reader)
    {
        var keep = reader.State == System.Data.ConnectionState.Open && reader.IsClean && KeepIdle(reader);
        if (!keep)
        {
            reader.Discard();
        }

        _free.Release();
    }

    public void Dispose()
    {
        lock (_idle)
        {
            _closed = true;
            while (_idle.TryPop(out var reader))
            {
                reader.Discard();
            }
        }
    }

    private SqliteReader? TakeIdle()
    {
        lock (_idle)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return _idle.TryPop(out var reader) ? reader : null;
        }
    }

    private bool KeepIdle(SqliteReader reader)
    {
        lock (_idle)
        {
            if (_closed || _idle.Count >= idle)
            {
                return false;
            }

            _idle.Push(reader);
            return true;
        }
    }
}
