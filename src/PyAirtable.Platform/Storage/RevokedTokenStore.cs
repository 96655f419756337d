using Dapper;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Platform.Storage;

/// <summary>The table <c>platform_revoked_tokens</c> (platform contract 8.6). It is read together with the user, see <see cref="UserStore"/>.</summary>
internal sealed class RevokedTokenStore(Database database)
{
    private const string Insert = "INSERT INTO platform_revoked_tokens (jti, expires_at) VALUES (@id, @expiresAt) ON CONFLICT (jti) DO NOTHING";

    private const string DeleteExpired = """
        DELETE FROM platform_revoked_tokens WHERE jti IN
        (SELECT jti FROM platform_revoked_tokens WHERE expires_at <= @now ORDER BY expires_at LIMIT @most
        """;

    /// <summary>Notes that an access token is refused from now on.</summary>
    public Task AddAsync(Guid id, DateTime expiresAt, CancellationToken cancel) => database.WriteAsync(
        (connection, transaction, token) => connection.ExecuteAsync(Insert, new { id, expiresAt, cancel = token }, transaction), cancel);

    /// <summary>Tokens that are refused and have not expired.</summary>
    public async Task<List<RevokedToken>> ListAsync(DateTime now, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<RevokedToken>("SELECT jti AS Id, expires_at AS ExpiresAt FROM platform_revoked_tokens WHERE expires_at > @now", new { now, cancel })];
    }

    /// <summary>Users all of whose tokens were ended since then.</summary>
    public async Task<List<EndedTokens>> ListEndedAsync(DateTime since, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<EndedTokens>("SELECT id AS Id, tokens_valid_from AS ValidFrom FROM platform_users WHERE tokens_valid_from > @since", new { since, cancel })];
    }

    /// <summary>Removes entries of tokens that have expired, <paramref name="most"/> at a time; how many it were.</summary>
    public Task<int> DeleteExpiredAsync(DateTime now, int most, CancellationToken cancel) => database.WriteAsync((connection, transaction, token) =>
        database.Engine == DatabaseEngine.Sqlite
            ? connection.ExecuteAsync(DeleteExpired + ")", new { now, most, cancel = token }, transaction)
            : connection.ExecuteAsync(DeleteExpired + " FOR UPDATE SKIP LOCKED)", new { now, most, cancel = token }, transaction), cancel);
}
