using System.Text.Json;

namespace PyAirtable.Platform.Accounts;

/// <summary>A user as clients see it (platform contract 1.2): no hash, no metadata, no time of change.</summary>
internal static class UserJson
{
    /// <summary>Writes the members into an object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter json, User user)
    {
        json.WriteNumber("id"u8, user.Id);
        json.WriteString("email"u8, user.Email);
        json.WriteString("first_name"u8, user.FirstName);
        json.WriteString("last_name"u8, user.LastName);
        json.WriteBoolean("is_active"u8, user.IsActive);
        WireTime.Write(json, "created_at"u8, user.CreatedAt);
    }

    /// <summary>Writes it as the member <c>user</c>.</summary>
    public static void WriteMember(Utf8JsonWriter json, User user)
    {
        json.WriteStartObject("user"u8);
        WriteMembers(json, user);
        json.WriteEndObject();
    }
}
