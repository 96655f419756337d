using System.Buffers;

namespace PyAirtable.Hosting.Transport;

/// <summary>Memory for Kestrel, which counts on getting a block of some size when it asks for any.</summary>
internal sealed class BlockMemory : MemoryPool<byte>
{
    /// <summary>It has no state.</summary>
    public static readonly BlockMemory Instance = new();

    private const int BlockBytes = 4096;

    /// <inheritdoc/>
    public override int MaxBufferSize => int.MaxValue;

    /// <inheritdoc/>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => Shared.Rent(Math.Max(minBufferSize, BlockBytes));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}
