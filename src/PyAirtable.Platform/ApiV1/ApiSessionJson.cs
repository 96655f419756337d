using System.Text.Json;
using PyAirtable.Platform.Sessions;

namespace PyAirtable.Platform.ApiV1;

/// <summary>A session in the form of the Go service's token result (platform contract 8.3).</summary>
internal static class ApiSessionJson
{
    /// <summary>Writes the members into an object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Session session)
    {
        json.WriteString("access_token"u8, session.AccessToken);
        json.WriteString("refresh_token"u8, session.RefreshToken);
        json.WriteString("token_type"u8, "Bearer"u8);
        json.WriteNumber("expires_in"u8, session.ExpiresIn);
        json.WriteNumber("user_id"u8, session.User.Id);
        json.WriteString("email"u8, session.User.Email);
        ApiUserJson.WriteMember(json, session.User);
    }

    /// <summary>Writes the members of the answer to a registration, the user and what was added to it.</summary>
    public static void WriteRegistered(Utf8JsonWriter json, Session session)
    {
        json.WriteString("message"u8, "User registered successfully"u8);
        ApiUserJson.WriteMember(json, session.User);
        json.WriteNumber("user_id"u8, session.User.Id);
        json.WriteString("email"u8, session.User.Email);
        json.WriteString("access_token"u8, session.AccessToken);
        json.WriteString("refresh_token"u8, session.RefreshToken);
        json.WriteString("token_type"u8, "Bearer"u8);
        json.WriteNumber("expires_in"u8, session.ExpiresIn);
    }
}
