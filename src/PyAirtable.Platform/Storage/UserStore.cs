using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Accounts;

namespace PyAirtable.Platform.Storage;

/// <summary>The table <c>platform_users</c> (platform contract 3.2), shared with the Python service.</summary>
internal sealed class UserStore(Database database)
{
    private const string Columns = """
        SELECT id AS Id, email AS Email, password_hash AS PasswordHash, is_active AS IsActive,
               created_at AS CreatedAt, first_name AS FirstName, last_name AS LastName
        FROM platform_users

        """;

    // Each request with a token runs this one, so it goes without Dapper and without a search for parameter names: to PostgreSQL $1 is
    // a position, to SQLite a name.
    private const string ById = Columns + "WHERE id = $1";

    private const string ByEmail = Columns + "WHERE email = @email";

    private const string ByEmailInAnyCase = Columns + "WHERE lower(email) = lower(@email) LIMIT 2";

    private const string AnyByEmailInAnyCase = "SELECT id FROM platform_users WHERE lower(email) = lower(@email) LIMIT 1";

    // Held until the transaction ends; the first number is this table's alone.
    private const string LockEmail = "SELECT count(*) FROM (SELECT pg_advisory_xact_lock(1886151026, hashtext(lower(@email)))) AS locked";

    private const string Insert = """
        INSERT INTO platform_users (email, password_hash, is_active, created_at, updated_at, first_name, last_name, meta_data)
        VALUES (@Email, @PasswordHash, @IsActive, @CreatedAt, @CreatedAt, @FirstName, @LastName, json('{}'))
        RETURNING id
        """;

    /// <summary>The user of that number, active or not.</summary>
    public async Task<User?> FindAsync(int id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = ById;
        command.Parameters.Add(connection is NpgsqlConnection ? new NpgsqlParameter<int> { TypedValue = id } : new SqliteParameter("$1", id));
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancel);
        return await reader.ReadAsync(cancel) ? Read(reader) : null;
    }

    /// <summary>The user with exactly that address, else the only one whose address differs in case alone (D-8).</summary>
    public async Task<User?> FindByEmailAsync(string email, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        if (await connection.QueryFirstOrDefaultAsync<User>(ByEmail, new { email, cancel }) is { } exact)
        {
            return exact;
        }

        List<User> similar = [.. await connection.QueryAsync<User>(ByEmailInAnyCase, new { email, cancel })];
        return similar is [var only] ? only : null;
    }

    /// <summary>Whether an address is taken, whatever the case of its letters.</summary>
    public async Task<bool> IsTakenAsync(string email, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QueryFirstOrDefaultAsync<int?>(AnyByEmailInAnyCase, new { email, cancel }) is not null;
    }

    /// <summary>Adds a user and answers the row's number; null when the address is taken, whatever the case of its letters.</summary>
    /// <remarks>A unique index on the folded address would refuse what the Python service may write, so additions of one address
    /// go one after another: SQLite has one writer, PostgreSQL a lock.</remarks>
    public async Task<int?> AddAsync(User user, CancellationToken cancel)
    {
        try
        {
            return await database.WriteAsync((connection, transaction, token) => AddAsync(user, connection, transaction, token), cancel);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another program, which takes no lock, was quicker.
            return null;
        }
    }

    private async Task<int?> AddAsync(User user, DbConnection connection, DbTransaction transaction, CancellationToken cancel)
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

        return await connection.ExecuteScalarAsync<int>(
            Insert,
            new { user.Email, user.PasswordHash, user.IsActive, user.CreatedAt, user.FirstName, user.LastName, cancel },
            transaction);
    }

    private static User Read(DbDataReader reader) => new()
    {
        Id = reader.GetInt32(0),
        Email = reader.GetString(1),
        PasswordHash = reader.GetString(2),
        IsActive = reader.GetBoolean(3),
        CreatedAt = reader.GetDateTime(4),
        FirstName = reader.IsDBNull(5) ? null : reader.GetString(5),
        LastName = reader.IsDBNull(6) ? null : reader.GetString(6),
    };
}
