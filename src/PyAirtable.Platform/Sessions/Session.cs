using PyAirtable.Platform.Accounts;

namespace PyAirtable.Platform.Sessions;

/// <summary>A session as its client gets it: who, and the two tokens, which are secrets.</summary>
/// <param name="User">The user.</param>
/// <param name="AccessToken">The access token.</param>
/// <param name="ExpiresIn">Seconds that it lives.</param>
/// <param name="RefreshToken">The refresh token.</param>
/// <param name="RefreshExpiresIn">Seconds that this one lives.</param>
internal sealed record Session(User User, string AccessToken, long ExpiresIn, string RefreshToken, long RefreshExpiresIn)
{
    /// <summary>The user's number only, so that no log shows a token.</summary>
    public override string ToString() => $"session of user {User.Id}";
}
