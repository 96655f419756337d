namespace PyAirtable.Platform.Accounts;

/// <summary>An account, as <c>platform_users</c> has it.</summary>
internal sealed record User
{
    public int Id { get; init; }

    /// <summary>Domain in lower case, local part as its owner wrote it.</summary>
    public string Email { get; init; } = "";

    /// <summary>bcrypt, in the form <c>$2b$12$…</c>.</summary>
    public string PasswordHash { get; init; } = "";

    /// <summary>False once the owner has deleted the account; the row stays.</summary>
    public bool IsActive { get; init; }

    /// <summary>UTC, of unspecified kind, in whole microseconds.</summary>
    public DateTime CreatedAt { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }
}
