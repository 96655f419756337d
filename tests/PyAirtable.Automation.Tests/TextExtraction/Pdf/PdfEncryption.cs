using System.Security.Cryptography;

// The format prescribes MD5.
#pragma warning disable CA5351

namespace PyAirtable.Automation.Tests.TextExtraction.Pdf;

/// <summary>Encrypts documents as the standard handler does (ISO 32000-1, 7.6, and ISO 32000-2, 7.6.4), owner and user password alike.</summary>
internal static class PdfEncryption
{
    private const int Permissions = -4;
    private static readonly byte[] Id = "0123456789abcdef"u8.ToArray();

    private static readonly byte[] Padding = Convert.FromHexString("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A");

    /// <summary>RC4 with 128 bits, or AES with 128 bits.</summary>
    public static PdfBuilder With128Bits(string password, bool aes)
    {
        var padded = PdfBuilder.Bytes(password).Concat(Padding).Take(32).ToArray();
        var owner = Rounds(Repeated(padded), padded);
        var key = Repeated([.. padded, .. owner, .. BitConverter.GetBytes(Permissions), .. Id]);
        byte[] user = [.. Rounds(key, MD5.HashData([.. Padding, .. Id])), .. new byte[16]];
        return new()
        {
            Trailer = "/Encrypt << /Filter /Standard "
                + (aes ? "/V 4 /R 4 /CF << /StdCF << /CFM /AESV2 /Length 16 /AuthEvent /DocOpen >> >> /StmF /StdCF /StrF /StdCF" : "/V 2 /R 3")
                + $" /Length 128 /P {Permissions} /O <{Convert.ToHexString(owner)}> /U <{Convert.ToHexString(user)}> >> /ID [<{Convert.ToHexString(Id)}> <{Convert.ToHexString(Id)}>]",
            Cipher = (number, content) =>
            {
                byte[] place = [(byte)number, (byte)(number >> 8), (byte)(number >> 16), 0, 0];
                var own = MD5.HashData([.. key, .. place, .. aes ? "sAlT"u8 : []]);
                return aes ? Aes256(own, content) : Rc4(own, content);
            },
        };
    }

    /// <summary>AES with 256 bits.</summary>
    public static PdfBuilder With256Bits(string password)
    {
        var secret = PdfBuilder.Bytes(password);
        var key = RandomNumberGenerator.GetBytes(32);
        var (user, userKey) = Verifier(secret, [], key);
        var (owner, ownerKey) = Verifier(secret, user, key);
        byte[] permissions = [.. BitConverter.GetBytes(Permissions), 0xFF, 0xFF, 0xFF, 0xFF, .. "Tadb"u8, 0, 0, 0, 0];
        using var aes = Aes.Create();
        aes.Key = key;
        return new()
        {
            Trailer = "/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /CF << /StdCF << /CFM /AESV3 /Length 32 /AuthEvent /DocOpen >> >> /StmF /StdCF /StrF /StdCF"
                + $" /P {Permissions} /O <{Convert.ToHexString(owner)}> /U <{Convert.ToHexString(user)}> /OE <{Convert.ToHexString(ownerKey)}> /UE <{Convert.ToHexString(userKey)}>"
                + $" /Perms <{Convert.ToHexString(aes.EncryptEcb(permissions, PaddingMode.None))}> >> /ID [<{Convert.ToHexString(Id)}> <{Convert.ToHexString(Id)}>]",
            Cipher = (_, content) => Aes256(key, content),
        };
    }

    private static byte[] Aes256(byte[] key, byte[] content)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return [.. aes.IV, .. aes.EncryptCbc(content, aes.IV)];
    }

    private static (byte[] Verifier, byte[] Key) Verifier(byte[] secret, byte[] user, byte[] key)
    {
        var salts = RandomNumberGenerator.GetBytes(16);
        using var aes = Aes.Create();
        aes.Key = Hash(secret, salts[8..], user);
        return ([.. Hash(secret, salts[..8], user), .. salts], aes.EncryptCbc(key, new byte[16], PaddingMode.None));
    }

    private static byte[] Hash(byte[] secret, byte[] salt, byte[] user)
    {
        var hash = SHA256.HashData([.. secret, .. salt, .. user]);
        using var aes = Aes.Create();
        for (var (round, last) = (0, 0); round < 64 || last > round - 32; round++)
        {
            byte[] part = [.. secret, .. hash, .. user];
            aes.Key = hash[..16];
            var mixed = aes.EncryptCbc(Enumerable.Repeat(part, 64).SelectMany(bytes => bytes).ToArray(), hash[16..32], PaddingMode.None);
            hash = (mixed.Take(16).Sum(value => value) % 3) switch { 0 => SHA256.HashData(mixed), 1 => SHA384.HashData(mixed), _ => SHA512.HashData(mixed) };
            last = mixed[^1];
        }
        return hash[..32];
    }

    private static byte[] Repeated(byte[] content)
    {
        var hash = MD5.HashData(content);
        for (var i = 0; i < 50; i++)
        {
            hash = MD5.HashData(hash);
        }
        return hash;
    }

    private static byte[] Rounds(byte[] key, byte[] content)
    {
        for (var i = 0; i < 20; i++)
        {
            content = Rc4([.. key.Select(value => (byte)(value ^ i))], content);
        }
        return content;
    }

    private static byte[] Rc4(byte[] key, byte[] content)
    {
        var state = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        for (var (i, j) = (0, 0); i < 256; i++)
        {
            j = (j + state[i] + key[i % key.Length]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
        }
        var result = new byte[content.Length];
        for (var (at, i, j) = (0, 0, 0); at < content.Length; at++)
        {
            i = (i + 1) & 255;
            j = (j + state[i]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
            result[at] = (byte)(content[at] ^ state[(state[i] + state[j]) & 255]);
        }
        return result;
    }
}
