using Microsoft.Data.Sqlite;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Ingestion;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Ingestion;

public sealed class SqliteRowStoreTests(PostgresServer server) : RowStoreTests(DatabaseEngine.Sqlite, server)
{
    [Theory]
    [InlineData(19, true)] // constraint
    [InlineData(18, true)] // too big
    [InlineData(5, false)] // busy
    [InlineData(10, false)] // input or output failed
    [InlineData(13, false)] // disk full
    public void IsRefusal_ByCode_IsWhatTheRowCaused(int code, bool refusal) =>
        Assert.Equal(refusal, new SqliteRowStore<Note>(null!, null!).IsRefusal(new SqliteException("", code)));
}
