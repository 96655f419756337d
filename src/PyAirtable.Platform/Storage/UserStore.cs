using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Accounts;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.Storage;

/// <summary>The table <c>platform_users</c> (platform contract 3.2), shared with the Python service. What changes it is in the other part of this class.</summary>
internal sealed partial class UserStore(Database database)
{
    /// <summary>Reads the user of <c>@id</c>.</summary>
    public const string ById = $"SELECT {Columns} FROM platform_users WHERE id = @id";

    private const string Columns = """
        id AS Id, email AS Email, password_hash AS PasswordHash, is_active AS IsActive, created_at AS CreatedAt, updated_at AS UpdatedAt,
        first_name AS FirstName, last_name AS LastName, meta_data AS MetaData, tokens_valid_from AS TokensValidFrom
        """;

    // Each request with a token runs this one, so it goes without Dapper and without a search for parameter names: to PostgreSQL $1 is
    // a position, to SQLite a name.
    private const string OfToken = $"""
        SELECT {Columns}, EXISTS (SELECT 1 FROM platform_revoked_tokens WHERE jti = $2) AS IsRevoked
        FROM platform_users WHERE id = $1
        """;

    private const string ByEmail = $"SELECT {Columns} FROM platform_users WHERE email = @email";

    private const string ByEmailInAnyCase = $"SELECT {Columns} FROM platform_users WHERE lower(email) = lower(@email) LIMIT 2";

    private const string Page = $"SELECT {Columns} FROM platform_users ORDER BY id LIMIT @limit OFFSET @offset";

    private const string AnyByEmailInAnyCase = "SELECT id FROM platform_users WHERE lower(email) = lower(@email) LIMIT 1";

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

    /// <summary>The user whom an access token names, and whether that token is revoked: both as they are in one moment.</summary>
    public async Task<TokenOwner?> FindOfTokenAsync(int id, Guid tokenId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = OfToken;
        if (connection is NpgsqlConnection)
        {
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = id });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = tokenId });
        }
        else
        {
            command.Parameters.Add(new SqliteParameter("$1", id));
            command.Parameters.Add(new SqliteParameter("$2", tokenId));
        }

        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancel);
        return await reader.ReadAsync(cancel) ? Read(reader) : null;
    }

    /// <summary>Users by number, active or not, and how many there are.</summary>
    public async Task<(List<User> Users, long Total)> ListAsync(int limit, int offset, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        List<User> users = [.. await connection.QueryAsync<User>(Page, new { limit, offset, cancel })];
        return (users, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM platform_users", new { cancel }));
    }

    // In the order of the columns.
    private static TokenOwner Read(DbDataReader reader) => new()
    {
        Id = reader.GetInt32(0),
        Email = reader.GetString(1),
        PasswordHash = reader.GetString(2),
        IsActive = reader.GetBoolean(3),
        CreatedAt = reader.GetDateTime(4),
        UpdatedAt = reader.GetDateTime(5),
        FirstName = reader.IsDBNull(6) ? null : reader.GetString(6),
        LastName = reader.IsDBNull(7) ? null : reader.GetString(7),
        MetaData = reader.GetString(8),
        TokensValidFrom = reader.IsDBNull(9) ? null : reader.GetDateTime(9),
        IsRevoked = reader.GetBoolean(10),
    };
}
