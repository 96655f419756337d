using System.Buffers;

namespace PyAirtable.Mcp.Tools;

/// <summary>Bytes in an array of the shared pool, which grows as they come. Whoever has it last gives it back; who forgets only loses the array to the
/// collector.</summary>
/// <param name="sizeHint">Bytes to expect.</param>
internal sealed class PooledBytes(int sizeHint) : IBufferWriter<byte>, IDisposable
{
    private byte[] _array = ArrayPool<byte>.Shared.Rent(sizeHint);

    /// <summary>How many there are.</summary>
    public int Length { get; private set; }

    /// <summary>They.</summary>
    public Span<byte> Span => _array.AsSpan(0, Length);

    /// <summary>They, to keep until this is disposed.</summary>
    public ReadOnlyMemory<byte> Memory => _array.AsMemory(0, Length);

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <summary>Only the first ones stay.</summary>
    public void Truncate(int length) => Length = length;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _array.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _array.AsSpan(Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var array = _array;
        (_array, Length) = ([], 0);
        if (array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    private void MakeRoom(int sizeHint)
    {
        if (_array.Length - Length < Math.Max(sizeHint, 1))
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + sizeHint, Length * 2));
            Span.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_array);
            _array = larger;
        }
    }
}
