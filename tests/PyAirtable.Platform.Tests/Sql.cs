using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests;

/// <summary>SQL as other programs would send it.</summary>
internal static class Sql
{
    public static Task ExecuteAsync(this TestDatabase storage, string sql) => storage.Database.WriteAsync(
        async (connection, transaction, token) =>
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(token);
        },
        TestContext.Current.CancellationToken);

    public static async Task<object?> ReadAsync(this TestDatabase storage, string sql)
    {
        await using var connection = await storage.Database.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
