namespace PyAirtable.Platform.Storage;

/// <summary>A token of <c>platform_revoked_tokens</c>.</summary>
internal sealed record RevokedToken
{
    public Guid Id { get; init; }

    public DateTime ExpiresAt { get; init; }
}
