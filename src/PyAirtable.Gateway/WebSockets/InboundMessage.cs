using System.Buffers;
using System.Net.WebSockets;

namespace PyAirtable.Gateway.WebSockets;

/// <summary>A whole message from a client, in a rented buffer that goes back when it is disposed.</summary>
internal readonly struct InboundMessage : IDisposable
{
    private const int FirstBuffer = 4096;

    private readonly byte[]? _buffer;
    private readonly int _length;

    private InboundMessage(WebSocketMessageType type, byte[]? buffer = null, int length = 0) => (Type, _buffer, _length) = (type, buffer, length);

    /// <summary>Text, binary, or the client's close.</summary>
    public WebSocketMessageType Type { get; }

    /// <summary>True if it had more bytes than allowed; then the rest of it is still to come, and nothing of it is kept.</summary>
    public bool IsTooLarge { get; private init; }

    /// <summary>Its bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Waits for the next message. No buffer is held while nothing comes.</summary>
    public static async ValueTask<InboundMessage> ReceiveAsync(WebSocket socket, int maxBytes)
    {
        // Asked for no bytes, the socket answers once a message has begun.
        var part = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
        return part.MessageType == WebSocketMessageType.Close || part.EndOfMessage
            ? new InboundMessage(part.MessageType)
            : await ReadAsync(socket, part.MessageType, maxBytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }

    private static async ValueTask<InboundMessage> ReadAsync(WebSocket socket, WebSocketMessageType type, int maxBytes)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        var length = 0;
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                length += part.Count;
                if (part.MessageType == WebSocketMessageType.Close || length > maxBytes)
                {
                    return new InboundMessage(part.MessageType) { IsTooLarge = length > maxBytes };
                }
                if (part.EndOfMessage)
                {
                    var whole = new InboundMessage(type, buffer, length);
                    buffer = null;
                    return whole;
                }
                if (length == buffer.Length)
                {
                    buffer = Grow(buffer);
                }
            }
        }
        finally
        {
            if (buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private static byte[] Grow(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
