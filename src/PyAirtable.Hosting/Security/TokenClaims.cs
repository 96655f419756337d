namespace PyAirtable.Hosting.Security;

/// <summary>What a good access token says.</summary>
/// <param name="UserId">Number of the user; whether there is one is for the caller to look up.</param>
/// <param name="Email">Address at the time of issue; null in foreign tokens.</param>
/// <param name="Role">Role at the time of issue; null in tokens of the Python service.</param>
/// <param name="Id">The <c>jti</c>; null in tokens of the Python service, which cannot be revoked one by one.</param>
/// <param name="IssuedAt">Unix seconds of issue; null where the token does not say.</param>
/// <param name="ExpiresAt">Unix seconds from which on it is refused.</param>
public sealed record TokenClaims(int UserId, string? Email, string? Role, string? Id, long? IssuedAt, long ExpiresAt)
{
    internal const string AccessType = "access";
}
