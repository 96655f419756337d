using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PyAirtable.Hosting.Data;

/// <summary>A pooled connection that reads: disposing it gives it back.</summary>
internal sealed class SqliteReader(string connectionString, SqliteReaders pool) : SqliteConnection(connectionString)
{
    private int _lent;

    /// <summary>Whether nothing of the last borrower is left that could pin an old state: neither a transaction nor a statement that
    /// still runs. One that is only kept for the next time does not.</summary>
    public bool IsClean
    {
        get
        {
            for (var statement = raw.sqlite3_next_stmt(Handle, null); statement is not null; statement = raw.sqlite3_next_stmt(Handle, statement))
            {
                if (raw.sqlite3_stmt_busy(statement) != 0)
                {
                    return false;
                }
            }

            return raw.sqlite3_get_autocommit(Handle) != 0;
        }
    }

    public override void Open()
    {
        base.Open();
        Handle!.enable_sqlite3_next_stmt(true);
    }

    public void Lend() => Volatile.Write(ref _lent, 1);

    /// <summary>Closes for good.</summary>
    public void Discard() => base.Dispose(disposing: true);

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _lent, 0) == 1)
        {
            pool.Return(this);
        }
        else if (State != System.Data.ConnectionState.Open)
        {
            base.Dispose(disposing);
        }
    }
}
