using PyAirtable.Hosting.Security;
using PyAirtable.Platform.Accounts;

namespace PyAirtable.Platform.Tokens;

/// <summary>Who sends a request, by its access token.</summary>
/// <param name="User">The user, as the database has it now.</param>
/// <param name="Claims">What the token says.</param>
/// <param name="TokenId">By what the token can be revoked.</param>
internal sealed record Caller(User User, TokenClaims Claims, Guid TokenId);
