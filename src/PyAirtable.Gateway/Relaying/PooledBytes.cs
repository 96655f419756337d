using System.Buffers;

namespace PyAirtable.Gateway.Relaying;

/// <summary>Bytes that grow, in memory of the pool, to which disposing gives it back.</summary>
internal sealed class PooledBytes(int capacity) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Bytes in use.</summary>
    public int Length { get; private set; }

    /// <summary>What is in use; not to be touched after disposal.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    /// <summary>Where the next bytes go; never empty.</summary>
    public Memory<byte> GetSpace()
    {
        if (Length == _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Length * 2);
            _bytes.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
        return _bytes.AsMemory(Length);
    }

    /// <summary>Takes <paramref name="count"/> more bytes into use.</summary>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }
}
