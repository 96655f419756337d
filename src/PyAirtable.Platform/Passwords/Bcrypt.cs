using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Unicode;

namespace PyAirtable.Platform.Passwords;

/// <summary>
/// bcrypt as of form <c>$2b$</c>: the password's UTF-8 bytes and a NUL are the key, cut after 72 bytes. Written here because the
/// hash is most of what the service computes, and a guesser's C must not be faster than the defender's code.
/// </summary>
internal static class Bcrypt
{
    // Longer than what counts by a character of UTF-8, so that the last one may be cut in two.
    private const int EncodedBytes = PasswordRules.MaxBytes + 4;

    /// <summary>What is encrypted with the state that a password makes.</summary>
    private static ReadOnlySpan<byte> Plaintext => "OrpheanBeholderScryDoubt"u8;

    /// <summary>Hashes a password with a new salt.</summary>
    public static string Hash(string password, int cost) => Hash(password, cost, RandomNumberGenerator.GetBytes(BcryptHash.SaltBytes));

    /// <summary>Hashes a password with a salt of 16 bytes.</summary>
    public static string Hash(string password, int cost, byte[] salt)
    {
        var hash = new BcryptHash(cost, salt, new byte[BcryptHash.DigestBytes]);
        Digest(password, cost, salt, hash.Digest);
        return hash.ToString();
    }

    /// <summary>Whether the password is that of the hash.</summary>
    /// <exception cref="FormatException">The hash is malformed.</exception>
    public static bool Verify(string password, string hash)
    {
        var stored = BcryptHash.Parse(hash);
        Span<byte> digest = stackalloc byte[BcryptHash.DigestBytes];
        Digest(password, stored.Cost, stored.Salt, digest);
        return CryptographicOperations.FixedTimeEquals(digest, stored.Digest);
    }

    private static void Digest(string password, int cost, ReadOnlySpan<byte> salt, Span<byte> digest)
    {
        Span<uint> key = stackalloc uint[Blowfish.KeyWords];
        Span<uint> saltKey = stackalloc uint[Blowfish.KeyWords];
        Span<uint> block = stackalloc uint[Plaintext.Length / sizeof(uint)];
        var state = new Blowfish();
        ReadKey(password, key);
        FillCyclically(saltKey, salt);

        state.Reset();
        state.Expand(key, saltKey[..(BcryptHash.SaltBytes / sizeof(uint))]);
        for (var round = 1u << cost; round > 0; round--)
        {
            state.Expand(key);
            state.Expand(saltKey);
        }

        FillCyclically(block, Plaintext);
        for (var half = 0; half < block.Length; half += 2)
        {
            for (var i = 0; i < 64; i++)
            {
                state.Encrypt(ref block[half], ref block[half + 1]);
            }
        }

        Span<byte> encrypted = stackalloc byte[Plaintext.Length];
        for (var i = 0; i < block.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(encrypted[(i * sizeof(uint))..], block[i]);
        }

        encrypted[..digest.Length].CopyTo(digest);
        Clear(key);
        Clear(MemoryMarshal.CreateSpan(ref state, 1));
    }

    private static void ReadKey(string password, Span<uint> key)
    {
        Span<byte> bytes = stackalloc byte[EncodedBytes + 1];
        Utf8.FromUtf16(password, bytes[..EncodedBytes], out _, out var length);
        bytes[length] = 0;
        FillCyclically(key, bytes[..Math.Min(length + 1, PasswordRules.MaxBytes)]);
        CryptographicOperations.ZeroMemory(bytes);
    }

    /// <summary>Fills the words with the bytes over and over, the high byte of a word first.</summary>
    private static void FillCyclically(Span<uint> words, ReadOnlySpan<byte> bytes)
    {
        var next = 0;
        foreach (ref var word in words)
        {
            for (var i = 0; i < sizeof(uint); i++)
            {
                word = (word << 8) | bytes[next];
                next = (next + 1) % bytes.Length;
            }
        }
    }

    private static void Clear<T>(Span<T> secret) where T : unmanaged => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(secret));
}
