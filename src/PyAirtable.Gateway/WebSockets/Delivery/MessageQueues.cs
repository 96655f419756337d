namespace PyAirtable.Gateway.WebSockets.Delivery;

/// <summary>
/// The messages of sessions without a connection, in this process's memory (gateway contract 2.7). Bounded per session, in sessions
/// and in bytes: the oldest message of a queue gives way, and the queue that nothing was added to for longest.
/// </summary>
/// <param name="maxMessages">Messages per session.</param>
/// <param name="maxSessions">Sessions.</param>
/// <param name="maxBytes">Bytes in all, session ids included.</param>
internal sealed class MessageQueues(Func<int> maxMessages, int maxSessions = 10_000, long maxBytes = 64 << 20)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<SessionQueue>> _queues = new(StringComparer.Ordinal);
    private readonly LinkedList<SessionQueue> _byAge = new();
    private long _bytes;
    private long _count;

    /// <summary>Messages waiting, too old ones included.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>Adds a message to the end of a session's queue.</summary>
    public void Add(string sessionId, QueuedMessage message)
    {
        lock (_gate)
        {
            if (!_queues.TryGetValue(sessionId, out var node))
            {
                node = new(new SessionQueue(sessionId));
                _queues.Add(sessionId, node);
                _bytes += SizeOf(sessionId);
            }
            else
            {
                _byAge.Remove(node);
            }
            _byAge.AddLast(node);
            node.Value.Messages.Enqueue(message);
            _count++;
            _bytes += message.Text.Length;
            MakeRoom(node);
        }
    }

    /// <summary>Takes a session's whole queue.</summary>
    public IReadOnlyCollection<QueuedMessage> Take(string sessionId)
    {
        // Most sessions miss nothing.
        if (Count == 0)
        {
            return [];
        }
        lock (_gate)
        {
            return _queues.TryGetValue(sessionId, out var node) ? Remove(node) : [];
        }
    }

    /// <summary>Drops what is too old.</summary>
    public void Sweep(DateTimeOffset now)
    {
        var time = now.ToUnixTimeMilliseconds();
        lock (_gate)
        {
            for (var node = _byAge.First; node is not null;)
            {
                var next = node.Next;
                // All wait equally long, so the first of a queue is the first to be too old.
                while (node.Value.Messages.TryPeek(out var oldest) && oldest.Expires <= time)
                {
                    DropOldest(node.Value);
                }
                if (node.Value.Messages.Count == 0)
                {
                    Remove(node);
                }
                node = next;
            }
        }
    }

    private static int SizeOf(string sessionId) => sessionId.Length * sizeof(char);

    private void MakeRoom(LinkedListNode<SessionQueue> latest)
    {
        while (latest.Value.Messages.Count > maxMessages())
        {
            DropOldest(latest.Value);
        }
        while ((_queues.Count > maxSessions || _bytes > maxBytes) && _byAge.First != latest)
        {
            Remove(_byAge.First!);
        }
        while (_bytes > maxBytes && latest.Value.Messages.Count > 1)
        {
            DropOldest(latest.Value);
        }
    }

    private void DropOldest(SessionQueue queue)
    {
        _bytes -= queue.Messages.Dequeue().Text.Length;
        _count--;
    }

    private Queue<QueuedMessage> Remove(LinkedListNode<SessionQueue> node)
    {
        _byAge.Remove(node);
        _queues.Remove(node.Value.SessionId);
        _bytes -= SizeOf(node.Value.SessionId);
        foreach (var message in node.Value.Messages)
        {
            _bytes -= message.Text.Length;
        }
        _count -= node.Value.Messages.Count;
        return node.Value.Messages;
    }

    private sealed class SessionQueue(string sessionId)
    {
        public string SessionId => sessionId;

        public Queue<QueuedMessage> Messages { get; } = new();
    }
}
