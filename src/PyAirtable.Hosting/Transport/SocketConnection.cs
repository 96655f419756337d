using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace PyAirtable.Hosting.Transport;

/// <summary>A client's connection, as Kestrel takes it.</summary>
public sealed class SocketConnection : ConnectionContext, ISocketObserver, IDuplexPipe, IConnectionIdFeature, IConnectionTransportFeature,
    IConnectionItemsFeature, IConnectionLifetimeFeature, IConnectionEndPointFeature, IMemoryPoolFeature
{
    private static long _lastId;

    private readonly StreamSocket _socket;
    private readonly CancellationTokenSource _closed = new();
    private readonly SocketPipeReader _input;
    private readonly SocketPipeWriter _output;
    private int _ended;
    private string? _id;
    private IDictionary<object, object?>? _items;

    private SocketConnection(StreamSocket socket, EndPoint local, EndPoint remote, MemoryPool<byte> memory)
    {
        (_socket, LocalEndPoint, RemoteEndPoint, MemoryPool) = (socket, local, remote, memory);
        _input = new SocketPipeReader(socket);
        _output = new SocketPipeWriter(socket);
        Transport = this;
        ConnectionClosed = _closed.Token;
        var features = new FeatureCollection(initialCapacity: 8);
        features.Set<IConnectionIdFeature>(this);
        features.Set<IConnectionTransportFeature>(this);
        features.Set<IConnectionItemsFeature>(this);
        features.Set<IConnectionLifetimeFeature>(this);
        features.Set<IConnectionEndPointFeature>(this);
        features.Set<IMemoryPoolFeature>(this);
        // By this a request finds the event loop that it came in on.
        features.Set(this);
        Features = features;
    }

    /// <summary>The socket, for its deadline.</summary>
    public StreamSocket Socket => _socket;

    /// <summary>Called on the loop when the client has closed its half or is gone; must not block.</summary>
    public Action<object?>? Ended { get; set; }

    /// <summary>What <see cref="Ended"/> is called with.</summary>
    public object? EndedState { get; set; }

    /// <inheritdoc/>
    public override string ConnectionId
    {
        get => _id ??= Interlocked.Increment(ref _lastId).ToString("x", CultureInfo.InvariantCulture);
        set => _id = value;
    }

    /// <inheritdoc/>
    public override IFeatureCollection Features { get; }

    /// <inheritdoc/>
    public override IDictionary<object, object?> Items
    {
        get => _items ??= new Dictionary<object, object?>();
        set => _items = value;
    }

    /// <inheritdoc/>
    public override IDuplexPipe Transport { get; set; }

    /// <inheritdoc/>
    public override CancellationToken ConnectionClosed { get; set; }

    /// <inheritdoc/>
    public override EndPoint? LocalEndPoint { get; set; }

    /// <inheritdoc/>
    public override EndPoint? RemoteEndPoint { get; set; }

    /// <inheritdoc/>
    public MemoryPool<byte> MemoryPool { get; }

    PipeReader IDuplexPipe.Input => _input;

    PipeWriter IDuplexPipe.Output => _output;

    /// <summary>Takes a client in.</summary>
    internal static SocketConnection Open(StreamSocket socket, EndPoint local, EndPoint remote, MemoryPool<byte> memory)
    {
        var connection = new SocketConnection(socket, local, remote, memory);
        socket.Observer = connection;
        socket.Open();
        return connection;
    }

    /// <summary>Whether the server's <see cref="Abort"/> ends nothing, as another takes the connection over.</summary>
    internal bool StaysOpen { get; set; }

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        if (StaysOpen)
        {
            // To the server it looks like the end, after which it waits for no other request.
            _input.End();
            return;
        }
        _socket.ShutDown();
    }

    /// <inheritdoc/>
    public void OnEnded()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            Ended?.Invoke(EndedState);
            // What the token tells may be anything, so it is told elsewhere.
            ThreadPool.UnsafeQueueUserWorkItem(static closed => closed.Cancel(), _closed, preferLocal: false);
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _input.Complete();
        _output.Complete();
        _socket.ShutDown();
        _socket.Dispose();
        OnEnded();
        return base.DisposeAsync();
    }
}
