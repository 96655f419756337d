using Npgsql;
using NpgsqlTypes;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.Storage;

/// <summary>Reads users of tokens from a PostgreSQL server: one statement for all.</summary>
internal sealed class PostgresOwnerStore(Database database) : IOwnerStore
{
    private const int Place = 11;

    // The plan shall be a search by key for each token, and be made once. LIMIT 1 keeps the server from joining with whole tables,
    // which it finds cheap while they are small, and goes on with when they have grown. The sub-selects hide how long the arrays
    // are: short ones would be planned anew each time.
    private const string OfTokens = $"""
        SELECT {OwnerStore.Columns}, jti IS NOT NULL, place
        FROM unnest((SELECT $1), (SELECT $2)) WITH ORDINALITY AS asked (user_id, token_id, place)
        CROSS JOIN LATERAL (SELECT {OwnerStore.Columns} FROM platform_users WHERE id = user_id LIMIT 1) AS owner
        LEFT JOIN LATERAL (SELECT jti FROM platform_revoked_tokens WHERE jti = token_id LIMIT 1) AS revoked ON true
        """;

    /// <inheritdoc/>
    public async Task<TokenOwner?[]> FindAsync(IReadOnlyList<OwnerQuestion> questions)
    {
        var (users, tokens) = (new int[questions.Count], new Guid[questions.Count]);
        for (var i = 0; i < users.Length; i++)
        {
            (users[i], tokens[i]) = (questions[i].UserId, questions[i].TokenId);
        }

        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = OfTokens;
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = users, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = tokens, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        await using var reader = await command.ExecuteReaderAsync();
        var owners = new TokenOwner?[users.Length];
        while (await reader.ReadAsync())
        {
            owners[reader.GetInt64(Place) - 1] = OwnerStore.Read(reader);
        }

        return owners;
    }
}
