using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Platform.Ingestion;

/// <summary>One column of a table that rows are added to: how PostgreSQL takes it of many rows at once, and SQLite of one.</summary>
internal abstract class Column<TRow>(string name)
{
    /// <summary>Name of the column, and of its parameter on SQLite.</summary>
    public string Name { get; } = name;

    /// <summary>A whole number or null.</summary>
    public static Column<TRow> Integer(string name, Func<TRow, int?> value) => new Typed<int?>(name, NpgsqlDbType.Integer, value, static number => number);

    /// <summary>A number.</summary>
    public static Column<TRow> Double(string name, Func<TRow, double> value) => new Typed<double>(name, NpgsqlDbType.Double, value, static number => number);

    /// <summary>A text or null.</summary>
    public static Column<TRow> Text(string name, Func<TRow, string?> value) => new Typed<string?>(name, NpgsqlDbType.Text, value, static text => text);

    /// <summary>One JSON value.</summary>
    public static Column<TRow> Json(string name, Func<TRow, string> value) => new Typed<string>(name, NpgsqlDbType.Json, value, static text => text);

    /// <summary>A time of unspecified kind, in UTC.</summary>
    public static Column<TRow> Time(string name, Func<TRow, DateTime> value) => new Typed<DateTime>(name, NpgsqlDbType.Timestamp, value, static time => DateTimeHandler.ToSqliteText(time));

    /// <summary>The values of all rows, as an array.</summary>
    public abstract NpgsqlParameter ToArray(IReadOnlyList<TRow> rows);

    /// <summary>Gives a parameter the value of one row.</summary>
    public abstract void Bind(SqliteParameter parameter, TRow row);

    private sealed class Typed<T>(string name, NpgsqlDbType type, Func<TRow, T> value, Func<T, object?> toSqlite) : Column<TRow>(name)
    {
        public override NpgsqlParameter ToArray(IReadOnlyList<TRow> rows)
        {
            var values = new T[rows.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = value(rows[i]);
            }

            return new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
        }

        public override void Bind(SqliteParameter parameter, TRow row) => parameter.Value = toSqlite(value(row)) ?? DBNull.Value;
    }
}
