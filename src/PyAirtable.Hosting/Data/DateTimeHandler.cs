using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace PyAirtable.Hosting.Data;

/// <summary>
/// How a <see cref="DateTime"/> is stored: PostgreSQL's <c>timestamp</c> when its kind is unspecified and
/// <c>timestamptz</c> when it is UTC; in SQLite the text <c>yyyy-MM-dd HH:mm:ss.ffffff</c>, which is what SQLAlchemy
/// writes and what sorts as time does. Times are UTC throughout. Each assembly that uses Dapper registers it.
/// </summary>
public sealed class DateTimeHandler : DbValueHandler<DateTime>
{
    private const string SqliteFormat = "yyyy-MM-dd HH:mm:ss.ffffff";

    /// <inheritdoc/>
    public override DateTime Parse(DbDataReader reader, int ordinal, int token) => reader.GetDateTime(ordinal);

    /// <inheritdoc/>
    protected override DateTime Parse(object? value) =>
        value as DateTime? ?? DateTime.Parse((string)value!, CultureInfo.InvariantCulture);

    // Generated code has set a type that means timestamptz to Npgsql; left open, the value's kind decides, and for null the statement.
    /// <inheritdoc/>
    protected override void Configure(DbParameter parameter) => parameter.ResetDbType();

    /// <inheritdoc/>
    protected override void SetValueCore(DbParameter parameter, DateTime value) => Assign(parameter, value);

    /// <summary>The same for a parameter of a command written by hand.</summary>
    internal static void Assign(DbParameter parameter, DateTime value) =>
        parameter.Value = parameter is SqliteParameter ? ToSqliteText(value) : value;

    /// <summary>The text that SQLite keeps of a time.</summary>
    public static string ToSqliteText(DateTime value) => value.ToString(SqliteFormat, CultureInfo.InvariantCulture);
}
