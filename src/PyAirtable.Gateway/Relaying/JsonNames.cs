using System.Buffers.Binary;

namespace PyAirtable.Gateway.Relaying;

/// <summary>The keys of the objects that a reader is in, to find repeated ones.</summary>
internal ref struct JsonNames
{
    /// <summary>Keys for which no memory is asked for.</summary>
    public const int FirstCapacity = 64;

    // The search is by comparison with all keys of the object.
    private const int MaxNames = 1024;

    private readonly ReadOnlySpan<byte> _text;
    private Span<int> _hashes;
    private Span<(int Start, int Length)> _places;
    private int _count;
    private int _first;

    /// <summary>No keys yet.</summary>
    /// <param name="text">What the keys are parts of.</param>
    /// <param name="hashes">Memory of <see cref="FirstCapacity"/> entries.</param>
    /// <param name="places">The same.</param>
    public JsonNames(ReadOnlySpan<byte> text, Span<int> hashes, Span<(int Start, int Length)> places)
    {
        _text = text;
        _hashes = hashes;
        _places = places;
    }

    /// <summary>Enters an object.</summary>
    public void Open()
    {
        // The outer object's first key is kept in an entry of its own.
        Push(_first, default);
        _first = _count;
    }

    /// <summary>Leaves the innermost object.</summary>
    public void Close()
    {
        _count = _first - 1;
        _first = _hashes[_count];
    }

    /// <summary>Adds a key of the innermost object; false where it has that key, or too many.</summary>
    public bool TryAdd(int start, int length)
    {
        var name = _text.Slice(start, length);
        var hash = Hash(name);
        var known = _hashes[_first.._count];
        if (known.Length == MaxNames)
        {
            return false;
        }
        for (int at = known.IndexOf(hash), from = 0; at >= 0; at = known[from..].IndexOf(hash))
        {
            from += at + 1;
            var place = _places[_first + from - 1];
            if (_text.Slice(place.Start, place.Length).SequenceEqual(name))
            {
                return false;
            }
        }
        Push(hash, (start, length));
        return true;
    }

    // Names with the same hash cost a comparison each, and there are not many: it need not withstand those who look for them.
    private static int Hash(ReadOnlySpan<byte> name)
    {
        const ulong Odd = 0x9E3779B97F4A7C15;
        var hash = (ulong)name.Length;
        if (name.Length < sizeof(ulong))
        {
            foreach (var letter in name)
            {
                hash = (hash << 8) | letter;
            }
            return (int)((hash * Odd) >> 32);
        }
        for (var at = 0; at < name.Length - sizeof(ulong); at += sizeof(ulong))
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(name[at..])) * Odd;
            hash ^= hash >> 32;
        }
        return (int)(((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(name[^sizeof(ulong)..])) * Odd) >> 32);
    }

    private void Push(int hash, (int Start, int Length) place)
    {
        if (_count == _hashes.Length)
        {
            Grow();
        }
        _hashes[_count] = hash;
        _places[_count++] = place;
    }

    private void Grow()
    {
        var hashes = new int[_count * 2];
        var places = new (int Start, int Length)[_count * 2];
        _hashes.CopyTo(hashes);
        _places.CopyTo(places);
        _hashes = hashes;
        _places = places;
    }
}
