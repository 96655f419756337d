using System.Globalization;
using System.Text;
using PyAirtable.Platform.Passwords;

namespace PyAirtable.Platform.Tests.Passwords;

public sealed class BcryptTests
{
    // Vectors that come with OpenBSD's and OpenWall's bcrypt.
    [Theory]
    [InlineData("", "$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.")]
    [InlineData("a", "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe")]
    [InlineData("abc", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "$2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC")]
    [InlineData("~!@#$%^&*()      ~!@#$%^&*()PNBFRD", "$2a$06$fPIsBO8qRqkjj273rfaOI.HtSV9jLDpTbZn782DC6/t7qT67P6FfO")]
    [InlineData("U*U*", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK")]
    [InlineData("U*U*U", "$2y$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a")]
    public void Verify_PublishedVector_IsTrue(string password, string hash)
    {
        Assert.True(Bcrypt.Verify(password, hash));
        Assert.False(Bcrypt.Verify(password + "!", hash));
    }

    [Fact]
    public void Hash_AnyPasswordAndSalt_IsThatOfAnotherBcrypt()
    {
        var random = new Random(1);
        for (var length = 0; length <= 80; length++)
        {
            var (password, salt) = (Password(random, length, 1), Salt(random));
            var setting = new BcryptHash(4, salt, new byte[BcryptHash.DigestBytes]).ToString();
            var hash = Bcrypt.Hash(password, 4, salt);

            Assert.Equal(BCrypt.Net.BCrypt.HashPassword(password, setting), hash);
            if (Libcrypt.IsInstalled)
            {
                Assert.Equal(Libcrypt.Hash(password, setting), hash);
            }
        }
    }

    [Fact]
    public void Verify_HashesOfAnotherBcryptAndOursThere_AreTrueBothWays()
    {
        var random = new Random(2);
        for (var length = 0; length <= 80; length++)
        {
            var password = Password(random, length, 0);

            Assert.True(Bcrypt.Verify(password, BCrypt.Net.BCrypt.HashPassword(password, 4)));
            Assert.True(BCrypt.Net.BCrypt.Verify(password, Bcrypt.Hash(password, 4)));
        }
    }

    [Fact]
    public void Verify_AnyBitOfThePasswordChanged_IsFalse()
    {
        var password = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, PasswordRules.MaxBytes).Select(i => (char)('!' + i))));
        var hash = Bcrypt.Hash(Encoding.ASCII.GetString(password), 4);

        // The eighth bit is not one of ASCII.
        for (var bit = 0; bit < password.Length * 7; bit++)
        {
            var changed = password.ToArray();
            changed[bit / 7] ^= (byte)(1 << (bit % 7));
            Assert.False(Bcrypt.Verify(Encoding.ASCII.GetString(changed), hash), bit.ToString(CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Verify_CharacterAcrossByte72_CountsWithItsFirstBytes()
    {
        var start = new string('x', PasswordRules.MaxBytes - 2);
        var hash = Bcrypt.Hash(start + "€", 4);

        // E2 82 AC and E2 82 AD, cut after 82; E2 83 80.
        Assert.True(Bcrypt.Verify(start + "₭", hash));
        Assert.False(Bcrypt.Verify(start + "⃀", hash));
    }

    [Fact]
    public void Verify_MillionsOfBytes_CountsTheFirst72() =>
        Assert.True(Bcrypt.Verify(new string('é', 1_000_000), Bcrypt.Hash(new string('é', 36), 4)));

    [Fact]
    public void Hash_Twice_HasAnotherSalt() => Assert.NotEqual(Bcrypt.Hash("password", 4)[..29], Bcrypt.Hash("password", 4)[..29]);

    /// <summary>Characters of one, two, three and four bytes, none below the lowest; as many bytes as there shall be, and at most three more.</summary>
    private static string Password(Random random, int bytes, int lowest)
    {
        var text = new StringBuilder();
        for (var written = 0; written < bytes;)
        {
            var rune = new Rune(random.Next(4) switch
            {
                0 => random.Next(lowest, 0x80),
                1 => random.Next(0x80, 0x800),
                2 => random.Next(0x800, 0xD800),
                _ => random.Next(0x10000, 0x110000),
            });
            text.Append(rune);
            written += rune.Utf8SequenceLength;
        }

        return text.ToString();
    }

    private static byte[] Salt(Random random)
    {
        var salt = new byte[BcryptHash.SaltBytes];
        random.NextBytes(salt);
        return salt;
    }
}
