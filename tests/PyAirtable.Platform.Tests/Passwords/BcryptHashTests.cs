using PyAirtable.Platform.Passwords;

namespace PyAirtable.Platform.Tests.Passwords;

public sealed class BcryptHashTests
{
    private const string Rest = "CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

    [Theory]
    [InlineData("$2a$04$", 4)]
    [InlineData("$2b$12$", 12)]
    [InlineData("$2y$31$", 31)]
    public void Parse_Hash_HasItsPartsAndIsWrittenAs2b(string start, int cost)
    {
        var hash = BcryptHash.Parse(start + Rest);

        Assert.Equal((cost, BcryptHash.SaltBytes, BcryptHash.DigestBytes), (hash.Cost, hash.Salt.Length, hash.Digest.Length));
        Assert.Equal($"$2b${start[4..]}{Rest}", hash.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("$2b$04$short")]
    [InlineData("$1$04$" + Rest + "0")]
    [InlineData("$2x$04$" + Rest)]
    [InlineData("$2B$04$" + Rest)]
    [InlineData("$2$04$" + Rest + "0")]
    [InlineData("$2b$03$" + Rest)]
    [InlineData("$2b$32$" + Rest)]
    [InlineData("$2b$99$" + Rest)]
    [InlineData("$2b$ 4$" + Rest)]
    [InlineData("$2b$+4$" + Rest)]
    [InlineData("$2b$0٤$" + Rest)]
    [InlineData("$2b$04." + Rest)]
    [InlineData("$2b$04$" + Rest + "0")]
    [InlineData(" $2b$04$" + Rest)]
    [InlineData("$2b$04$=CCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("$2b$04$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe\0")]
    [InlineData("$2b$04$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeé")]
    public void Parse_Malformed_ThrowsAndDoesNotRepeatIt(string text)
    {
        var error = Assert.Throws<FormatException>(() => BcryptHash.Parse(text));

        Assert.Equal("The stored hash is not one of bcrypt", error.Message);
    }
}
