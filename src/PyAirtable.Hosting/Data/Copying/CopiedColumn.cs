using System.Data.Common;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace PyAirtable.Hosting.Data.Copying;

/// <summary>A column: how its values are read on either engine and written to PostgreSQL.</summary>
/// <param name="Name">Its name, the same on both engines.</param>
/// <param name="Type">PostgreSQL's name of its type, as in <c>information_schema.columns.udt_name</c>.</param>
internal sealed record CopiedColumn(string Name, string Type)
{
    private static readonly Dictionary<string, NpgsqlDbType> Types = new()
    {
        ["int2"] = NpgsqlDbType.Smallint,
        ["int4"] = NpgsqlDbType.Integer,
        ["int8"] = NpgsqlDbType.Bigint,
        ["float8"] = NpgsqlDbType.Double,
        ["bool"] = NpgsqlDbType.Boolean,
        ["varchar"] = NpgsqlDbType.Varchar,
        ["text"] = NpgsqlDbType.Text,
        ["json"] = NpgsqlDbType.Json,
        ["uuid"] = NpgsqlDbType.Uuid,
        ["timestamp"] = NpgsqlDbType.Timestamp,
        ["timestamptz"] = NpgsqlDbType.TimestampTz,
    };

    /// <summary>Whether values of such a column can be copied.</summary>
    public bool IsKnown => Types.ContainsKey(Type);

    /// <summary>Whether it holds whole numbers.</summary>
    public bool IsInteger => Type is "int2" or "int4" or "int8";

    /// <summary>The value as SQLite holds it: null, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="string"/>,
    /// <see cref="Guid"/> or <see cref="DateTime"/>.</summary>
    /// <exception cref="FormatException">The text is no value of the column's type.</exception>
    public object? ReadSqlite(DbDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : Type switch
    {
        "int2" or "int4" or "int8" => row.GetInt64(ordinal),
        "float8" => row.GetDouble(ordinal),
        "bool" => row.GetInt64(ordinal) != 0,
        "uuid" => Guid.Parse(row.GetString(ordinal)),
        "timestamp" => DateTime.SpecifyKind(ReadTime(row, ordinal), DateTimeKind.Unspecified),
        "timestamptz" => ReadTime(row, ordinal),
        _ => row.GetString(ordinal),
    };

    /// <summary>The value as PostgreSQL holds it, in the same types.</summary>
    public object? ReadPostgres(DbDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : Type switch
    {
        "int2" => (long)row.GetInt16(ordinal),
        "int4" => (long)row.GetInt32(ordinal),
        "int8" => row.GetInt64(ordinal),
        "float8" => row.GetDouble(ordinal),
        "bool" => row.GetBoolean(ordinal),
        "uuid" => row.GetGuid(ordinal),
        "timestamp" or "timestamptz" => row.GetDateTime(ordinal),
        _ => row.GetString(ordinal),
    };

    /// <summary>Writes a value that <see cref="ReadSqlite"/> gave.</summary>
    public Task WriteAsync(NpgsqlBinaryImporter rows, object? value, CancellationToken cancel) => value switch
    {
        null => rows.WriteNullAsync(cancel),
        long number when Type == "int2" => rows.WriteAsync(checked((short)number), NpgsqlDbType.Smallint, cancel),
        long number when Type == "int4" => rows.WriteAsync(checked((int)number), NpgsqlDbType.Integer, cancel),
        long number => rows.WriteAsync(number, NpgsqlDbType.Bigint, cancel),
        double number => rows.WriteAsync(number, NpgsqlDbType.Double, cancel),
        bool flag => rows.WriteAsync(flag, NpgsqlDbType.Boolean, cancel),
        Guid id => rows.WriteAsync(id, NpgsqlDbType.Uuid, cancel),
        DateTime time => rows.WriteAsync(time, Types[Type], cancel),
        _ => rows.WriteAsync((string)value, Types[Type], cancel),
    };

    // PostgreSQL keeps microseconds.
    private static DateTime ReadTime(DbDataReader row, int ordinal)
    {
        var time = DateTime.Parse(row.GetString(ordinal), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        return time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
