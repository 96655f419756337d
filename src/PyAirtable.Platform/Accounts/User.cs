namespace PyAirtable.Platform.Accounts;

/// <summary>An account, as <c>platform_users</c> has it. Times are UTC, of unspecified kind, in whole microseconds.</summary>
internal record User
{
    public int Id { get; init; }

    /// <summary>Domain in lower case, local part as its owner wrote it.</summary>
    public string Email { get; init; } = "";

    /// <summary>bcrypt, in the form <c>$2b$12$…</c>.</summary>
    public string PasswordHash { get; init; } = "";

    /// <summary>False once the owner has deleted the account; the row stays.</summary>
    public bool IsActive { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime UpdatedAt { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    /// <summary>JSON that no client sees; its <c>role</c> may be <c>admin</c>.</summary>
    public string MetaData { get; init; } = "{}";

    /// <summary>Access tokens issued before are refused; a whole second. Null where all are good.</summary>
    public DateTime? TokensValidFrom { get; init; }
}
