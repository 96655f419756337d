using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Bench.Platform;

/// <summary>Looks into a database from outside of the service.</summary>
internal static class Open
{
    /// <summary>The database of a <c>DATABASE_URL</c>.</summary>
    public static Database Database(string url) => DatabaseOptions.TryParse(url, "", out var options, out var error)
        ? Hosting.Data.Database.Create(options!, NullLoggerFactory.Instance, TimeProvider.System)
        : throw new ArgumentException(error, nameof(url));

    /// <summary>The first column of a query, as text.</summary>
    public static async Task<List<string>> ReadAsync(Database database, string sql)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await rows.ReadAsync())
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }
}
