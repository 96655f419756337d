using System.Globalization;

namespace PyAirtable.Platform.Passwords;

/// <summary>The parts of a bcrypt hash, whose text is <c>$2b$12$</c>, 22 characters of salt and 31 of digest.</summary>
/// <param name="Cost">Binary logarithm of the rounds, 4 to 31.</param>
/// <param name="Salt">16 bytes.</param>
/// <param name="Digest">23 bytes.</param>
internal sealed record BcryptHash(int Cost, byte[] Salt, byte[] Digest)
{
    /// <summary>Bytes of a salt.</summary>
    public const int SaltBytes = 16;

    /// <summary>Bytes of a digest: bcrypt drops the last of 24.</summary>
    public const int DigestBytes = 23;

    /// <summary>Least cost.</summary>
    public const int MinCost = 4;

    /// <summary>Highest cost.</summary>
    public const int MaxCost = 31;

    private const int Length = 60;
    private const int SaltAt = 7;
    private const int DigestAt = 29;

    /// <summary>Reads a hash. <c>$2a$</c>, <c>$2b$</c> and <c>$2y$</c> mean the same here, as in Python's library.</summary>
    /// <exception cref="FormatException">It is none; the message does not repeat it.</exception>
    public static BcryptHash Parse(string text)
    {
        var (salt, digest) = (new byte[SaltBytes], new byte[DigestBytes]);
        return text is ['$', '2', 'a' or 'b' or 'y', '$', >= '0' and <= '3', >= '0' and <= '9', '$', ..] && text.Length == Length
            && (((text[4] - '0') * 10) + text[5] - '0') is >= MinCost and <= MaxCost and var cost
            && BcryptBase64.TryDecode(text.AsSpan(SaltAt..DigestAt), salt)
            && BcryptBase64.TryDecode(text.AsSpan(DigestAt), digest)
            ? new BcryptHash(cost, salt, digest)
            : throw new FormatException("The stored hash is not one of bcrypt");
    }

    /// <summary>The text, which begins with <c>$2b$</c>.</summary>
    public override string ToString() =>
        string.Create(Length, this, static (text, hash) =>
        {
            text.TryWrite(CultureInfo.InvariantCulture, $"$2b${hash.Cost:D2}$", out _);
            BcryptBase64.Encode(hash.Salt, text[SaltAt..DigestAt]);
            BcryptBase64.Encode(hash.Digest, text[DigestAt..]);
        });
}
