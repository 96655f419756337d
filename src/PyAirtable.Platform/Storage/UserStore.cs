using Dapper;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Accounts;

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

    /// <summary>Users by number, active or not, and how many there are.</summary>
    public async Task<(List<User> Users, long Total)> ListAsync(int limit, int offset, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        List<User> users = [.. await connection.QueryAsync<User>(Page, new { limit, offset, cancel })];
        return (users, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM platform_users", new { cancel }));
    }
}
