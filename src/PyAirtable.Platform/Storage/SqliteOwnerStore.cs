using System.Data;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.Storage;

/// <summary>Reads users of tokens from a SQLite file: one statement, prepared once for each connection and run for each token.</summary>
internal sealed class SqliteOwnerStore(Database database) : IOwnerStore
{
    private const string OfToken = $"""
        SELECT {OwnerStore.Columns}, EXISTS (SELECT 1 FROM platform_revoked_tokens WHERE jti = $token)
        FROM platform_users WHERE id = $user
        """;

    // Closing a connection ends its statements.
    private readonly ConditionalWeakTable<SqliteConnection, SqliteCommand> _prepared = [];

    /// <inheritdoc/>
    public async Task<TokenOwner?[]> FindAsync(IReadOnlyList<OwnerQuestion> questions)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        var command = _prepared.GetValue((SqliteConnection)connection, Prepare);
        var owners = new TokenOwner?[questions.Count];
        for (var i = 0; i < owners.Length; i++)
        {
            (command.Parameters[0].Value, command.Parameters[1].Value) = (questions[i].UserId, questions[i].TokenId);
            using var reader = command.ExecuteReader(CommandBehavior.SingleRow);
            owners[i] = reader.Read() ? OwnerStore.Read(reader) : null;
        }

        return owners;
    }

    private static SqliteCommand Prepare(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = OfToken;
        command.Parameters.Add("$user", SqliteType.Integer);
        command.Parameters.Add("$token", SqliteType.Text);
        return command;
    }
}
