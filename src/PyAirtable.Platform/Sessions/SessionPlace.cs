namespace PyAirtable.Platform.Sessions;

/// <summary>Where a refresh token belongs, and what has become of it.</summary>
internal sealed record SessionPlace
{
    public int UserId { get; init; }

    /// <summary>All tokens that descend from one login.</summary>
    public Guid FamilyId { get; init; }

    public DateTime ExpiresAt { get; init; }

    /// <summary>When it was rotated.</summary>
    public DateTime? LastUsedAt { get; init; }

    public DateTime? RevokedAt { get; init; }

    /// <summary>Hash of its first successor; null while it was not rotated.</summary>
    public string? ReplacedBy { get; init; }
}
