using System.Data.Common;

namespace PyAirtable.Platform.Ingestion;

/// <summary>Adds rows to one table.</summary>
internal interface IRowStore<TRow>
    where TRow : IRow
{
    /// <summary>Transactions that are worth running at once.</summary>
    int Writers { get; }

    /// <summary>Adds all rows in one transaction, which is on disk before this returns, and gives them their ids.</summary>
    /// <exception cref="DbException">None is stored if <see cref="IsRefusal"/>; else nobody knows.</exception>
    Task InsertAsync(IReadOnlyList<TRow> rows, CancellationToken cancel);

    /// <summary>Whether the database refused a row for what is in it: others may be stored without it, and it is of no use to try it again.</summary>
    bool IsRefusal(Exception error);
}
