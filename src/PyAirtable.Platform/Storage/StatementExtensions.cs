using System.Data.Common;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Platform.Storage;

/// <summary>Statements whose text is put together when they run: Dapper's generated code takes a cancellation token with constant texts only.</summary>
internal static class StatementExtensions
{
    /// <summary>Runs it; answers how many rows it changed.</summary>
    public static async Task<int> ExecuteAsync(this DbTransaction transaction, string sql, CancellationToken cancel, params (string Name, object Value)[] parameters)
    {
        await using var command = transaction.Connection!.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        foreach (var (name, value) in parameters)
        {
            command.Add(name, value);
        }

        return await command.ExecuteNonQueryAsync(cancel);
    }
}
