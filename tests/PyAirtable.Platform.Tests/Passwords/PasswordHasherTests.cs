using PyAirtable.Platform.Passwords;

namespace PyAirtable.Platform.Tests.Passwords;

public sealed class PasswordHasherTests : IAsyncDisposable
{
    private readonly HashingPool _pool = new(1, 8);
    private readonly PasswordHasher _hasher;

    public PasswordHasherTests() => _hasher = new(4, _pool);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    // The first three are vectors of Python's bcrypt, the others were made by libxcrypt.
    [Theory]
    [InlineData("Kk4DQuMMfZL9o", "$2b$04$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm")]
    [InlineData("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789chars after 72 are ignored", "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui")]
    [InlineData("pässword é", "$2y$04$abcdefghijklmnopqrstuuzg1JPwSRDNNHgJGCd.gfVAG5HmzZKCe")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxétail", "$2b$04$abcdefghijklmnopqrstuuBQHqZaO/dlDRZ.TvJ67we2MtFVZUvA2")]
    [InlineData("", "$2b$04$abcdefghijklmnopqrstuubyCG3zY1GIXMyxfivm.ClDiInHzxjiq")]
    [InlineData("correct horse", "$2b$12$cVWp4XaNU8a4v1uMRum2SO7Hzh8eCcoeuhsyBGUtjlCJ86./dH/bu")]
    public async Task Verify_HashOfAnotherProgram_TakesThePasswordAndNoOther(string password, string hash)
    {
        Assert.True(await _hasher.VerifyAsync(password, hash, Token));
        Assert.False(await _hasher.VerifyAsync("?" + password, hash, Token));
    }

    [Fact]
    public async Task Hash_OfAPassword_IsOfPythonsFormAndVerifies()
    {
        var hash = await _hasher.HashAsync("pässword", Token);

        Assert.Matches(@"^\$2b\$04\$[./A-Za-z0-9]{53}$", hash);
        Assert.True(await _hasher.VerifyAsync("pässword", hash, Token));
        Assert.NotEqual(hash, await _hasher.HashAsync("pässword", Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("$2b$04$short")]
    public async Task Verify_MalformedHash_Throws(string hash) =>
        await Assert.ThrowsAsync<FormatException>(() => _hasher.VerifyAsync("password", hash, Token));

    [Fact]
    public async Task Verify_NoHash_IsFalse() => Assert.False(await _hasher.VerifyAsync("password", () => Task.FromResult<string?>(null), Token));
}
