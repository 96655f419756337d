using Microsoft.Data.Sqlite;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Automation.Storage;

/// <summary>Statements of one connection to SQLite that stay prepared. Their parameters are <c>?1</c>, <c>?2</c> and so on.</summary>
internal sealed class SqliteStatements(SqliteConnection connection)
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    /// <summary>The connection.</summary>
    public SqliteConnection Connection => connection;

    /// <summary>The transaction in which they run.</summary>
    public SqliteTransaction? Transaction { get; set; }

    /// <summary>Runs a statement; the number of rows that it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>Runs a statement that has rows; the caller disposes the reader before the next.</summary>
    public SqliteDataReader Read(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteReader();

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            _prepared[sql] = command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i}" });
            }
        }
        command.Transaction = Transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] is DateTime time ? DateTimeHandler.ToSqliteText(time) : values[i] ?? DBNull.Value;
        }
        return command;
    }
}
