namespace PyAirtable.Platform.Passwords;

/// <summary>
/// bcrypt hashes that Python's <c>bcrypt</c> reads and writes (platform contract 2.2). Only the first 72 bytes of a password
/// count, here as there.
/// </summary>
internal sealed class PasswordHasher(int rounds, HashingPool pool)
{
    // Salt and digest are zeros: no password is known to match.
    private readonly string _noOnesHash = new BcryptHash(rounds, new byte[BcryptHash.SaltBytes], new byte[BcryptHash.DigestBytes]).ToString();

    /// <summary>Hashes a password with a new salt: 60 characters that begin with <c>$2b$</c>.</summary>
    /// <exception cref="HashingBusyException">Too many wait.</exception>
    public Task<string> HashAsync(string password, CancellationToken cancel) =>
        pool.RunAsync(() => Bcrypt.Hash(password, rounds), cancel);

    /// <summary>Whether the password is that of the hash, whose cost and form (<c>$2a$</c>, <c>$2b$</c>, <c>$2y$</c>) it takes.</summary>
    /// <exception cref="HashingBusyException">Too many wait.</exception>
    /// <exception cref="FormatException">The hash is malformed.</exception>
    public Task<bool> VerifyAsync(string password, string hash, CancellationToken cancel) =>
        pool.RunAsync(() => Bcrypt.Verify(password, hash), cancel);

    /// <summary>Looks a hash up and compares; where there is none it takes as long and is false, so that time tells nothing (D-9).</summary>
    /// <exception cref="HashingBusyException">Too many wait; nothing was looked up.</exception>
    /// <exception cref="FormatException">The hash is malformed.</exception>
    public Task<bool> VerifyAsync(string password, Func<Task<string?>> findHash, CancellationToken cancel) => pool.RunAsync(
        async () =>
        {
            var hash = await findHash() ?? _noOnesHash;
            return (Func<bool>)(() => Bcrypt.Verify(password, hash));
        },
        cancel);
}
