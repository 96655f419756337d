using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PyAirtable.Platform.Tests.Tokens;

/// <summary>Tokens put together as PyJWT does.</summary>
internal static class HandMadeToken
{
    public static string Make(string claims, string secret, string header = """{"alg":"HS256","typ":"JWT"}""")
    {
        var signed = Encode(Encoding.UTF8.GetBytes(header)) + "." + Encode(Encoding.UTF8.GetBytes(claims));
        return signed + "." + Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)));
    }

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
