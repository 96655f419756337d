namespace PyAirtable.Gateway.WebSockets.Delivery;

/// <summary>A message that waits for a connection of its session.</summary>
/// <param name="Text">The envelope, with the time of the event.</param>
/// <param name="Priority">See <see cref="MessagePriority"/>.</param>
/// <param name="Expires">When it is too old, in milliseconds of Unix time.</param>
internal readonly record struct QueuedMessage(ReadOnlyMemory<byte> Text, int Priority, long Expires)
{
    /// <summary>The texts that are still of use: high priorities first, the oldest first within one (D10).</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> InOrder(IEnumerable<QueuedMessage> messages, DateTimeOffset now)
    {
        var time = now.ToUnixTimeMilliseconds();
        return messages.Where(message => message.Expires > time).OrderByDescending(message => message.Priority).Select(message => message.Text);
    }
}
