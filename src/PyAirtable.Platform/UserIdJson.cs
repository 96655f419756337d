using System.Text.Json;

namespace PyAirtable.Platform;

/// <summary>Whose a row of analytics is, as clients see it.</summary>
internal static class UserIdJson
{
    /// <summary>Writes the member <c>user_id</c>: a user's number, or null for nobody's.</summary>
    public static void WriteUserId(this Utf8JsonWriter json, int? id)
    {
        if (id is { } number)
        {
            json.WriteNumber("user_id"u8, number);
        }
        else
        {
            json.WriteNull("user_id"u8);
        }
    }
}
