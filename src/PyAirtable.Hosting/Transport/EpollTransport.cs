using System.Net;
using Microsoft.AspNetCore.Connections;

namespace PyAirtable.Hosting.Transport;

/// <summary>Kestrel's connections on event loops of ours, instead of on its own transport: a request that is forwarded costs as many
/// system calls as bytes have to be moved, and no change of thread.</summary>
/// <param name="loops">Where the connections live.</param>
public sealed class EpollTransport(EventLoops loops) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private const int Backlog = 4096;

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        try
        {
            return ValueTask.FromResult<IConnectionListener>(new ConnectionListener(ListenSocket.Bind((IPEndPoint)endpoint, Backlog, loops.Next()), loops, BlockMemory.Instance));
        }
        catch (TransportException error) when (error.Error == Libc.AddressInUse)
        {
            throw new AddressInUseException(error.Message, error);
        }
    }
}
