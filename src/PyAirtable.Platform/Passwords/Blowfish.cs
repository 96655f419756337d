using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PyAirtable.Platform.Passwords;

/// <summary>
/// The state of the Blowfish cipher and bcrypt's costly key schedule. It is meant to be a local: 4 KB of stack are neither allocated
/// nor moved by the collector, which would leave copies of what depends on a password.
/// </summary>
/// <remarks>Pointers, because a bounds check at each look-up makes a hash a quarter slower, and whoever guesses offline has none.</remarks>
internal unsafe struct Blowfish
{
    /// <summary>Words of a key: as many as there are subkeys.</summary>
    public const int KeyWords = 18;

    private const int BoxWords = 256;
    private const int Words = KeyWords + (4 * BoxWords);

    // The subkeys and behind them the S boxes, so that one register points to all.
    private fixed uint _words[Words];

    /// <summary>Makes the state that depends on nothing but pi.</summary>
    public void Reset() => BlowfishTables.Initial.CopyTo(MemoryMarshal.CreateSpan(ref _words[0], Words));

    /// <summary>Mixes a key into the state.</summary>
    /// <remarks>Not inlined, so that the address of the state is in a register and not reckoned from the frame at each look-up.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Expand(ReadOnlySpan<uint> key)
    {
        fixed (uint* words = _words)
        {
            AddKey(words, key);
            var (left, right) = (0u, 0u);
            for (var word = words; word < words + Words; word += 2)
            {
                Rounds(words, ref left, ref right);
                word[0] = left;
                word[1] = right;
            }
        }
    }

    /// <summary>Mixes a key and a salt of four words into the state.</summary>
    public void Expand(ReadOnlySpan<uint> key, ReadOnlySpan<uint> salt)
    {
        fixed (uint* words = _words)
        {
            AddKey(words, key);
            var (left, right) = (0u, 0u);
            for (var i = 0; i < Words; i += 2)
            {
                left ^= salt[i & 2];
                right ^= salt[(i & 2) + 1];
                Encrypt(ref left, ref right);
                words[i] = left;
                words[i + 1] = right;
            }
        }
    }

    /// <summary>Encrypts a block, which is its left and its right half.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Encrypt(ref uint left, ref uint right)
    {
        fixed (uint* words = _words)
        {
            var (l, r) = (left, right);
            Rounds(words, ref l, ref r);
            (left, right) = (l, r);
        }
    }

    private static void AddKey(uint* words, ReadOnlySpan<uint> key)
    {
        for (var i = 0; i < KeyWords; i++)
        {
            words[i] ^= key[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rounds(uint* words, ref uint left, ref uint right)
    {
        var l = left ^ words[0];
        var r = right;
        TwoRounds(words, 1, ref l, ref r);
        TwoRounds(words, 3, ref l, ref r);
        TwoRounds(words, 5, ref l, ref r);
        TwoRounds(words, 7, ref l, ref r);
        TwoRounds(words, 9, ref l, ref r);
        TwoRounds(words, 11, ref l, ref r);
        TwoRounds(words, 13, ref l, ref r);
        TwoRounds(words, 15, ref l, ref r);
        (left, right) = (r ^ words[17], l);
    }

    // The subkey goes in first: it does not wait for the look-ups.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TwoRounds(uint* words, int subkey, ref uint l, ref uint r)
    {
        r = r ^ words[subkey] ^ Mix(words, l);
        l = l ^ words[subkey + 1] ^ Mix(words, r);
    }

    // Each box has a pointer of its own, which is a constant of the instruction; added to the index it would cost one more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mix(uint* words, uint half) =>
        (((words + KeyWords)[(nuint)(half >> 24)]
            + (words + KeyWords + BoxWords)[(nuint)(byte)(half >> 16)])
            ^ (words + KeyWords + (2 * BoxWords))[(nuint)(byte)(half >> 8)])
            + (words + KeyWords + (3 * BoxWords))[(nuint)(byte)half];
}
