using System.Text;
using System.Text.Json;

namespace PyAirtable.Platform.Accounts;

/// <summary>
/// Who is an admin (platform contract 8.5): those whose address <c>ADMIN_EMAILS</c> lists, and those whose metadata have
/// <c>"role": "admin"</c>. Asked anew for each request: the role in a token only informs.
/// </summary>
internal sealed class Admins(IReadOnlyList<string> emails)
{
    private const string Admin = "admin";

    /// <summary><c>admin</c> or <c>user</c>.</summary>
    public string RoleOf(User user) => IsAdmin(user) ? Admin : "user";

    /// <summary>Whether the user is an admin.</summary>
    public bool IsAdmin(User user) => IsListed(user.Email) || IsMarked(user.MetaData);

    // Only ASCII letters are folded: other foldings make one letter of several, and of a stranger's address an admin's.
    private bool IsListed(string email)
    {
        foreach (var listed in emails)
        {
            if (listed == email || Ascii.EqualsIgnoreCase(listed, email))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsMarked(string metaData)
    {
        if (!metaData.Contains("role", StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            return JsonElement.Parse(metaData) is { ValueKind: JsonValueKind.Object } data
                && data.TryGetProperty("role", out var role)
                && role.ValueKind is JsonValueKind.String && role.ValueEquals(Admin);
        }
        catch (JsonException)
        {
            // SQLite holds what other programs write there, JSON or not.
            return false;
        }
    }
}
