namespace PyAirtable.Hosting.Security;

/// <summary>A new access token.</summary>
/// <param name="Text">The token itself, a secret.</param>
/// <param name="Id">Its <c>jti</c>, by which it can be revoked.</param>
/// <param name="ExpiresAt">Unix seconds from which on it is refused.</param>
public sealed record IssuedToken(string Text, string Id, long ExpiresAt)
{
    /// <summary>The id only, so that no log shows the token.</summary>
    public override string ToString() => Id;
}
