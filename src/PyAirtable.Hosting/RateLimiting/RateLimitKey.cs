using System.Security.Cryptography;
using System.Text;

namespace PyAirtable.Hosting.RateLimiting;

/// <summary>The names of buckets.</summary>
internal static class RateLimitKey
{
    private const int Longest = 64;

    /// <summary>The key, or where it is long its hash, so that no client decides how much memory its bucket's name takes.</summary>
    public static string Shorten(string key) =>
        key.Length <= Longest ? key : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
