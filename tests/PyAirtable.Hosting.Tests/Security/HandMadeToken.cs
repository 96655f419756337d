using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PyAirtable.Hosting.Tests.Security;

/// <summary>Tokens put together by hand, as any other implementation would.</summary>
internal static class HandMadeToken
{
    internal static string Make(string payload, string secret, string header = """{"alg":"HS256","typ":"JWT"}""", string hash = "HS256")
    {
        var signed = Encode(header) + "." + Encode(payload);
        return signed + "." + Sign(signed, secret, hash);
    }

    internal static string Sign(string signed, string secret, string hash = "HS256")
    {
        var key = Encoding.UTF8.GetBytes(secret);
        var text = Encoding.ASCII.GetBytes(signed);
        return Base64Url.EncodeToString(hash switch
        {
            "HS384" => HMACSHA384.HashData(key, text),
            "HS512" => HMACSHA512.HashData(key, text),
            _ => HMACSHA256.HashData(key, text),
        });
    }

    internal static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
