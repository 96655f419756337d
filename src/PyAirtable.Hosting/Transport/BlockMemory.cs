using System.Buffers;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace PyAirtable.Hosting.Transport;

/// <summary>Memory for Kestrel, which counts on getting a block of some size when it asks for any.</summary>
internal sealed class BlockMemory : MemoryPool<byte>, IMemoryPoolFeature
{
    /// <summary>It has no state.</summary>
    public static readonly BlockMemory Instance = new();

    private const int BlockBytes = 4096;

    /// <inheritdoc/>
    public override int MaxBufferSize => int.MaxValue;

    MemoryPool<byte> IMemoryPoolFeature.MemoryPool => this;

    /// <summary>Gives it to the connections of an endpoint whose transport has memory of another kind.</summary>
    public static void Use(ListenOptions endpoint) => endpoint.Use(static next => connection =>
    {
        connection.Features.Set<IMemoryPoolFeature>(Instance);
        return next(connection);
    });

    /// <inheritdoc/>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => Shared.Rent(Math.Max(minBufferSize, BlockBytes));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}
