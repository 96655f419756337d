using System.Data.Common;
using Dapper;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Accounts;
using PyAirtable.Platform.Sessions;

namespace PyAirtable.Platform.Storage;

/// <summary>The table <c>platform_refresh_tokens</c> (platform contract 8.6). Its revocations are in the other part of this class.</summary>
/// <remarks>
/// What holds with many processes at once: a token joins a family only under the lock of the row that it descends from, of an
/// unrevoked one, or for the first of a family of the user's row. So whoever revokes meets each token or is met by it.
/// SQLite has one writer and needs no such locks.
/// </remarks>
internal sealed partial class RefreshTokenStore(Database database)
{
    private const string Open = """
        INSERT INTO platform_refresh_tokens (user_id, token_hash, family_id, expires_at, created_at)
        SELECT id, @Hash, @family, @ExpiresAt, @CreatedAt FROM platform_users
        WHERE id = @userId AND is_active AND password_hash = @passwordHash
        """;

    private const string Insert = """
        INSERT INTO platform_refresh_tokens (user_id, token_hash, family_id, expires_at, created_at)
        VALUES (@userId, @Hash, @family, @ExpiresAt, @CreatedAt)
        """;

    private const string Columns = "user_id AS UserId, family_id AS FamilyId, expires_at AS ExpiresAt, last_used_at AS LastUsedAt, revoked_at AS RevokedAt, replaced_by AS ReplacedBy";

    private const string Consume = $"""
        UPDATE platform_refresh_tokens SET last_used_at = @now, replaced_by = @successor
        WHERE token_hash = @hash AND replaced_by IS NULL AND revoked_at IS NULL AND expires_at > @now
        RETURNING {Columns}
        """;

    private const string Find = $"SELECT {Columns} FROM platform_refresh_tokens WHERE token_hash = @hash";

    private const string DeleteExpired = """
        DELETE FROM platform_refresh_tokens WHERE id IN
        (SELECT id FROM platform_refresh_tokens WHERE expires_at <= @now ORDER BY expires_at LIMIT @most
        """;

    /// <summary>Stores the first token of a new family; false where the user is not active any more or has another password by now.</summary>
    public Task<bool> OpenAsync(User user, NewRefreshToken token, CancellationToken cancel) => database.WriteAsync(async (connection, transaction, ct) =>
    {
        var parameters = new { token.Hash, family = Guid.NewGuid(), token.ExpiresAt, token.CreatedAt, userId = user.Id, passwordHash = user.PasswordHash, cancel = ct };
        return (database.Engine == DatabaseEngine.Sqlite
            ? await connection.ExecuteAsync(Open, parameters, transaction)
            : await connection.ExecuteAsync(Open + " FOR SHARE", parameters, transaction)) > 0;
    }, cancel);

    /// <summary>Stores a token of a family within a transaction.</summary>
    public static Task AddAsync(DbConnection connection, DbTransaction transaction, int userId, Guid family, NewRefreshToken token, CancellationToken cancel) =>
        connection.ExecuteAsync(Insert, new { userId, token.Hash, family, token.ExpiresAt, token.CreatedAt, cancel }, transaction);

    /// <summary>
    /// Replaces a token by its successor in one atomic step. One that was replaced less than <paramref name="reuseInterval"/> ago gets
    /// a further successor of the same family.
    /// </summary>
    public Task<Rotation> RotateAsync(string hash, NewRefreshToken successor, TimeSpan reuseInterval, CancellationToken cancel) =>
        database.WriteAsync(async (connection, transaction, token) =>
        {
            var now = successor.CreatedAt;
            var place = await connection.QueryFirstOrDefaultAsync<SessionPlace>(Consume, new { hash, successor = successor.Hash, now, cancel = token }, transaction);
            if (place is null)
            {
                place = await LockAsync(connection, transaction, hash, token);
                if (place is not { RevokedAt: null, ReplacedBy: not null, LastUsedAt: { } rotatedAt })
                {
                    return new Rotation(RotationOutcome.Refused);
                }

                // With no interval not even a clock that lags behind another process's makes one.
                if (reuseInterval == TimeSpan.Zero || now >= rotatedAt + reuseInterval)
                {
                    return new Rotation(RotationOutcome.Reused, place);
                }
            }

            var user = await connection.QueryFirstOrDefaultAsync<User>(UserStore.ById, new { id = place.UserId, cancel = token }, transaction);
            if (user is not { IsActive: true })
            {
                return new Rotation(RotationOutcome.NoUser, place);
            }

            await AddAsync(connection, transaction, place.UserId, place.FamilyId, successor, token);
            return new Rotation(RotationOutcome.Rotated, place, user);
        }, cancel);

    /// <summary>Where a token belongs; null for one that is not known.</summary>
    public async Task<SessionPlace?> FindAsync(string hash, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QueryFirstOrDefaultAsync<SessionPlace>(Find, new { hash, cancel });
    }

    /// <summary>Removes tokens that have expired, <paramref name="most"/> at a time; how many it were.</summary>
    public Task<int> DeleteExpiredAsync(DateTime now, int most, CancellationToken cancel) => database.WriteAsync((connection, transaction, token) =>
        database.Engine == DatabaseEngine.Sqlite
            ? connection.ExecuteAsync(DeleteExpired + ")", new { now, most, cancel = token }, transaction)
            : connection.ExecuteAsync(DeleteExpired + " FOR UPDATE SKIP LOCKED)", new { now, most, cancel = token }, transaction), cancel);

    private Task<SessionPlace?> LockAsync(DbConnection connection, DbTransaction transaction, string hash, CancellationToken cancel) =>
        database.Engine == DatabaseEngine.Sqlite
            ? connection.QueryFirstOrDefaultAsync<SessionPlace>(Find, new { hash, cancel }, transaction)
            : connection.QueryFirstOrDefaultAsync<SessionPlace>(Find + " FOR UPDATE", new { hash, cancel }, transaction);
}
