using System.Text.Json;
using PyAirtable.Platform.Accounts;

namespace PyAirtable.Platform.ApiV1;

/// <summary>A user as the Go clients see it (platform contract 8.3): names that are not set are empty, times have a zone.</summary>
internal static class ApiUserJson
{
    /// <summary>Writes the members into an object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter json, User user)
    {
        json.WriteNumber("id"u8, user.Id);
        json.WriteString("email"u8, user.Email);
        json.WriteString("first_name"u8, user.FirstName ?? "");
        json.WriteString("last_name"u8, user.LastName ?? "");
        json.WriteBoolean("is_active"u8, user.IsActive);
        WireTime.WriteZoned(json, "created_at"u8, user.CreatedAt);
        WireTime.WriteZoned(json, "updated_at"u8, user.UpdatedAt);
    }

    /// <summary>Writes it as the member <c>user</c>.</summary>
    public static void WriteMember(Utf8JsonWriter json, User user)
    {
        json.WriteStartObject("user"u8);
        WriteMembers(json, user);
        json.WriteEndObject();
    }
}
