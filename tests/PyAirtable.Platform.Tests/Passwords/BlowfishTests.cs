using PyAirtable.Platform.Passwords;

namespace PyAirtable.Platform.Tests.Passwords;

public sealed class BlowfishTests
{
    // Of the vectors on the page of Blowfish's author.
    [Theory]
    [InlineData(0x0000000000000000, 0x0000000000000000, 0x4EF997456198DD78)]
    [InlineData(0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0x51866FD5B85ECB8A)]
    [InlineData(0x3000000000000000, 0x1000000000000001, 0x7D856F9A613063F2)]
    [InlineData(0x0123456789ABCDEF, 0x1111111111111111, 0x61F9C3802281B096)]
    public void Encrypt_PublishedVector_IsItsBlock(ulong key, ulong plain, ulong encrypted)
    {
        var words = Enumerable.Range(0, Blowfish.KeyWords).Select(i => (uint)(i % 2 == 0 ? key >> 32 : key)).ToArray();
        var (left, right) = ((uint)(plain >> 32), (uint)plain);
        var state = new Blowfish();
        state.Reset();
        state.Expand(words);
        state.Encrypt(ref left, ref right);

        Assert.Equal(encrypted, ((ulong)left << 32) | right);
    }

    [Fact]
    public void Expand_SaltOfZeros_IsAsWithoutSalt()
    {
        var key = Enumerable.Range(1, Blowfish.KeyWords).Select(i => (uint)i).ToArray();
        var (without, with) = (new Blowfish(), new Blowfish());
        without.Reset();
        with.Reset();
        without.Expand(key);
        with.Expand(key, new uint[4]);

        Assert.Equal(Block(ref without), Block(ref with));
    }

    private static (uint Left, uint Right) Block(ref Blowfish state)
    {
        var (left, right) = (1u, 2u);
        state.Encrypt(ref left, ref right);
        return (left, right);
    }
}
