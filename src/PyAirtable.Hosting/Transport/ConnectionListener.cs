using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace PyAirtable.Hosting.Transport;

/// <summary>Accepts clients and spreads them over the event loops.</summary>
internal sealed class ConnectionListener(ListenSocket socket, EventLoops loops, MemoryPool<byte> memory) : IConnectionListener
{
    // With no descriptor left, accepting is tried again after this.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private volatile bool _unbound;

    /// <inheritdoc/>
    public EndPoint EndPoint => socket.Address;

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (!_unbound)
        {
            var descriptor = socket.Accept(out var peer, out var error);
            if (descriptor >= 0)
            {
                return SocketConnection.Open(StreamSocket.Adopt(descriptor, loops.Next()), socket.Address, peer!, memory);
            }
            switch (error)
            {
                case Libc.WouldBlock:
                    await socket.Readable.WaitAsync();
                    break;
                case Libc.TooManyFiles or Libc.TooManyFilesOfAll:
                    await Task.Delay(Pause, CancellationToken.None);
                    break;
                default:
                    // The client was gone before it was accepted (accept(2)).
                    break;
            }
        }
        return null;
    }

    /// <inheritdoc/>
    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        if (!_unbound)
        {
            _unbound = true;
            socket.Dispose();
            ThreadPool.UnsafeQueueUserWorkItem(static readable => readable.Signal(), socket.Readable, preferLocal: false);
        }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => UnbindAsync();
}
