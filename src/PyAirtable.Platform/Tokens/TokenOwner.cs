using PyAirtable.Platform.Accounts;

namespace PyAirtable.Platform.Tokens;

/// <summary>The user whom an access token names, and whether that token was revoked.</summary>
internal sealed record TokenOwner : User
{
    public bool IsRevoked { get; init; }
}
