using System.Text.Json;
using PyAirtable.Platform.Accounts;

namespace PyAirtable.Platform.Sessions;

/// <summary>A session in the form of Python's TokenResponse, with the members that were added to it (platform contract 1.2 and 8.6).</summary>
internal static class SessionJson
{
    /// <summary>Writes the members into an object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Session session)
    {
        json.WriteString("access_token"u8, session.AccessToken);
        json.WriteString("token_type"u8, "bearer"u8);
        json.WriteNumber("expires_in"u8, session.ExpiresIn);
        UserJson.WriteMember(json, session.User);
        json.WriteString("refresh_token"u8, session.RefreshToken);
        json.WriteNumber("refresh_expires_in"u8, session.RefreshExpiresIn);
    }
}
