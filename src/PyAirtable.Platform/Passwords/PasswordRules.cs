using System.Text;

namespace PyAirtable.Platform.Passwords;

/// <summary>What a new password must be (platform contract 1.3 and D-22).</summary>
internal sealed class PasswordRules(int minLength)
{
    /// <summary>Bytes of a password that bcrypt looks at.</summary>
    public const int MaxBytes = 72;

    /// <summary>What is wrong with a new password, for the client; null if nothing is.</summary>
    public string? FaultOf(string password) =>
        Length(password) < minLength ? $"Password must be at least {minLength} characters"
        : Encoding.UTF8.GetByteCount(password) > MaxBytes ? $"Password must be at most {MaxBytes} bytes"
        : null;

    // Python counts code points.
    private static int Length(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
