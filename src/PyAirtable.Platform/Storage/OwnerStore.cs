using System.Data.Common;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.Storage;

/// <summary>Reads users of tokens from the engine at hand.</summary>
internal static class OwnerStore
{
    /// <summary>The columns that <see cref="Read"/> takes, of <c>platform_users</c>; whether the token is revoked follows.</summary>
    public const string Columns = "id, email, password_hash, is_active, created_at, updated_at, first_name, last_name, meta_data, tokens_valid_from";

    /// <summary>The store in that database.</summary>
    public static IOwnerStore Of(Database database) =>
        database.Engine == DatabaseEngine.PostgreSql ? new PostgresOwnerStore(database) : new SqliteOwnerStore(database);

    /// <summary>One row of the columns.</summary>
    public static TokenOwner Read(DbDataReader reader) => new()
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
