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

    /// <summary>Removes entries of tokens that have expired, <paramref name="most"/> at a time; how many it were.</summary>
    public Task<int> DeleteExpiredAsync(DateTime now, int most, CancellationToken cancel) => database.WriteAsync((connection, transaction, token) =>
        database.Engine == DatabaseEngine.Sqlite
            ? connection.ExecuteAsync(DeleteExpired + ")", new { now, most, cancel = token }, transaction)
            : connection.ExecuteAsync(DeleteExpired + " FOR UPDATE SKIP LOCKED)", new { now, most, cancel = token }, transaction), cancel);
}
