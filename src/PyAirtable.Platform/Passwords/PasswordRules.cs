using System.Text;

namespace PyAirtable.Platform.Passwords;

/// <summary>What a new password must be (platform contract 1.3 and D-22).</summary>
internal sealed class PasswordRules(int minLength)
{
    /// <summary>Bytes of a password that bcrypt looks at.</summary>
    public const int MaxBytes = 72;

    /// <summary>What is wrong with a new password, for the client; null if nothing is. Characters are code points, as Python counts.</summary>
    public string? FaultOf(string password) =>
        password.EnumerateRunes().Count() < minLength ? $"Password must be at least {minLength} characters"
        : Encoding.UTF8.GetByteCount(password) > MaxBytes ? $"Password must be at most {MaxBytes} bytes"
        : null;
}
