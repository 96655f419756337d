using System.Data.Common;
using Dapper;
using Npgsql;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Accounts;
using PyAirtable.Platform.Sessions;

namespace PyAirtable.Platform.Storage;

internal sealed partial class UserStore
{
    // Held until the transaction ends; the first number is this table's alone.
    private const string LockEmail = "SELECT count(*) FROM (SELECT pg_advisory_xact_lock(1886151026, hashtext(lower(@email)))) AS locked";

    private const string Insert = """
        INSERT INTO platform_users (email, password_hash, is_active, created_at, updated_at, first_name, last_name, meta_data)
        VALUES (@Email, @PasswordHash, @IsActive, @CreatedAt, @CreatedAt, @FirstName, @LastName, json('{}'))
        RETURNING id
        """;

    private const string SetNames = $"""
        UPDATE platform_users SET updated_at = @now,
               first_name = CASE WHEN @keepsFirst THEN first_name ELSE @firstName END,
               last_name = CASE WHEN @keepsLast THEN last_name ELSE @lastName END
        WHERE id = @id AND is_active
        RETURNING {Columns}
        """;

    private const string Deactivate = "UPDATE platform_users SET is_active = false, updated_at = @now WHERE id = @id AND is_active";

    private const string SetPassword = """
        UPDATE platform_users SET password_hash = @hash, updated_at = @now WHERE id = @id AND is_active AND password_hash = @previous
        """;

    private const string SetTokensValidFrom = "UPDATE platform_users SET tokens_valid_from = @from WHERE id = @id";

    /// <summary>Adds a user with a first session and answers the row's number; null when the address is taken, whatever the case of
    /// its letters.</summary>
    /// <remarks>A unique index on the folded address would refuse what the Python service may write, so additions of one address
    /// go one after another: SQLite has one writer, PostgreSQL a lock.</remarks>
    public async Task<int?> AddAsync(User user, NewRefreshToken session, CancellationToken cancel)
    {
        try
        {
            return await database.WriteAsync((connection, transaction, token) => AddAsync(user, session, connection, transaction, token), cancel);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another program, which takes no lock, was quicker.
            return null;
        }
    }

    /// <summary>Changes the names of an active user; the user as it is then, null when there is none.</summary>
    public Task<User?> SetNamesAsync(int id, NameChange first, NameChange last, DateTime now, CancellationToken cancel) => database.WriteAsync(
        (connection, transaction, token) => connection.QueryFirstOrDefaultAsync<User>(
            SetNames,
            new { id, keepsFirst = first.Keeps, firstName = first.Name, keepsLast = last.Keeps, lastName = last.Name, now, cancel = token },
            transaction), cancel);

    /// <summary>Deactivates a user and ends all sessions; from when on tokens are good again, null when there is no active one.</summary>
    public Task<DateTime?> DeactivateAsync(int id, TimeProvider clock, CancellationToken cancel) => database.WriteAsync(
        async (connection, transaction, token) =>
            await connection.ExecuteAsync(Deactivate, new { id, now = clock.Now(), cancel = token }, transaction) > 0
                ? await EndSessionsAsync(connection, transaction, id, clock, token)
                : null, cancel);

    /// <summary>Replaces the hash of a password and ends all sessions; from when on tokens are good, null when the hash is not <paramref name="previous"/> any more.</summary>
    public Task<DateTime?> SetPasswordAsync(int id, string previous, string hash, TimeProvider clock, CancellationToken cancel) => database.WriteAsync(
        async (connection, transaction, token) =>
            await connection.ExecuteAsync(SetPassword, new { id, previous, hash, now = clock.Now(), cancel = token }, transaction) > 0
                ? await EndSessionsAsync(connection, transaction, id, clock, token)
                : null, cancel);

    // The user's row is written to already, so no session begins meanwhile. The time is taken last: rotations that were under way
    // have ended, and what they issued is older.
    private static async Task<DateTime?> EndSessionsAsync(DbConnection connection, DbTransaction transaction, int id, TimeProvider clock, CancellationToken cancel)
    {
        await RefreshTokenStore.RevokeAllAsync(connection, transaction, id, clock.Now(), cancel);
        var last = await connection.ExecuteScalarAsync<DateTime?>("SELECT tokens_valid_from FROM platform_users WHERE id = @id", new { id, cancel }, transaction);
        var from = DatabaseTime.FromUnixSeconds(Math.Max(clock.Now().ToUnixSeconds(), last?.ToUnixSeconds() ?? 0) + 1);
        await connection.ExecuteAsync(SetTokensValidFrom, new { id, from, cancel }, transaction);
        return from;
    }

    private async Task<int?> AddAsync(User user, NewRefreshToken session, DbConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        var email = user.Email;
        if (database.Engine == DatabaseEngine.PostgreSql)
        {
            await connection.ExecuteScalarAsync<long>(LockEmail, new { email, cancel }, transaction);
        }

        if (await connection.QueryFirstOrDefaultAsync<int?>(AnyByEmailInAnyCase, new { email, cancel }, transaction) is not null)
        {
            return null;
        }

        var id = await connection.ExecuteScalarAsync<int>(
            Insert,
            new { user.Email, user.PasswordHash, user.IsActive, user.CreatedAt, user.FirstName, user.LastName, cancel },
            transaction);
        await RefreshTokenStore.AddAsync(connection, transaction, id, Guid.NewGuid(), session, cancel);
        return id;
    }
}
