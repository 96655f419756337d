using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PyAirtable.Platform.Sessions;

/// <summary>
/// The texts of refresh tokens: 32 random bytes in URL-safe base64 with its padding, 44 characters (platform contract 8.6). They
/// mean nothing by themselves. With 256 random bits nobody finds one by guessing, so a plain hash of it is enough at rest.
/// </summary>
internal static class RefreshToken
{
    /// <summary>Characters of a token.</summary>
    public const int Length = 44;

    private const int RandomBytes = 32;

    /// <summary>A new one; a secret.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes)) + "=";

    /// <summary>What is stored of one: the SHA-256 in lower-case hex .</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
