using Npgsql;
using NpgsqlTypes;

namespace PyAirtable.Automation.Storage;

/// <summary>Parameters for PostgreSQL: one value, or a column of many rows as an array for <c>unnest</c>.</summary>
internal static class PostgresColumns
{
    public static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    /// <summary>A time in UTC.</summary>
    public static NpgsqlParameter Time(DateTime value) => new NpgsqlParameter<DateTime> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Integers(int[] values) => Array(values, NpgsqlDbType.Integer);

    public static NpgsqlParameter Integers<TRow>(IReadOnlyList<TRow> rows, Func<TRow, int> value) => Array(Read(rows, value), NpgsqlDbType.Integer);

    public static NpgsqlParameter Texts<TRow>(IReadOnlyList<TRow> rows, Func<TRow, string?> value) => Array(Read(rows, value), NpgsqlDbType.Text);

    public static NpgsqlParameter Doubles<TRow>(IReadOnlyList<TRow> rows, Func<TRow, double?> value) => Array(Read(rows, value), NpgsqlDbType.Double);

    /// <summary>Times in UTC.</summary>
    public static NpgsqlParameter Times<TRow>(IReadOnlyList<TRow> rows, Func<TRow, DateTime?> value) => Array(Read(rows, value), NpgsqlDbType.TimestampTz);

    private static T[] Read<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T> value)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(rows[i]);
        }
        return values;
    }

    private static NpgsqlParameter<T[]> Array<T>(T[] values, NpgsqlDbType type) => new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}
