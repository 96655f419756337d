using System.Data.Common;
using Dapper;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Sessions;

namespace PyAirtable.Platform.Storage;

internal sealed partial class RefreshTokenStore
{
    private const string RevokeOfUser = "UPDATE platform_refresh_tokens SET revoked_at = @now WHERE user_id = @userId AND revoked_at IS NULL";

    private const string RevokeOfFamily = RevokeOfUser + " AND family_id = @family";

    // Those who revoke tokens of one user go one after another, else two might each hold a row that the other waits for. Not a full
    // lock: a rotation under way needs the row for its foreign key.
    private const string LockUser = "SELECT id FROM platform_users WHERE id = @userId FOR NO KEY UPDATE";

    /// <summary>Revokes every token that descends from the login of <paramref name="place"/>.</summary>
    public Task RevokeFamilyAsync(SessionPlace place, DateTime now, CancellationToken cancel) => database.WriteAsync(async (connection, transaction, token) =>
    {
        await LockUserAsync(connection, transaction, place.UserId, token);
        await RepeatAsync(() => connection.ExecuteAsync(RevokeOfFamily, new { userId = place.UserId, family = place.FamilyId, now, cancel = token }, transaction));
    }, cancel);

    /// <summary>Revokes all tokens of a user.</summary>
    public Task RevokeAllAsync(int userId, DateTime now, CancellationToken cancel) => database.WriteAsync(async (connection, transaction, token) =>
    {
        await LockUserAsync(connection, transaction, userId, token);
        await RevokeAllAsync(connection, transaction, userId, now, token);
    }, cancel);

    /// <summary>The same within a transaction that has written to the user's row.</summary>
    public static Task RevokeAllAsync(DbConnection connection, DbTransaction transaction, int userId, DateTime now, CancellationToken cancel) =>
        RepeatAsync(() => connection.ExecuteAsync(RevokeOfUser, new { userId, now, cancel }, transaction));

    // A statement that has waited for a rotation does not see the successor which that has added: the next one does.
    private static async Task RepeatAsync(Func<Task<int>> revoke)
    {
        while (await revoke() > 0)
        {
        }
    }

    private async Task LockUserAsync(DbConnection connection, DbTransaction transaction, int userId, CancellationToken cancel)
    {
        if (database.Engine == DatabaseEngine.PostgreSql)
        {
            await connection.QueryFirstOrDefaultAsync<int?>(LockUser, new { userId, cancel }, transaction);
        }
    }
}
