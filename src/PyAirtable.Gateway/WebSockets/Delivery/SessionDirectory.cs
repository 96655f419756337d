using System.Collections.Concurrent;

namespace PyAirtable.Gateway.WebSockets.Delivery;

/// <summary>The connections of this process, by session. Every look at them is a snapshot, since they come and go meanwhile (D19).</summary>
internal sealed class SessionDirectory(SocketTerms terms)
{
    // A session's array is replaced, never changed.
    private readonly ConcurrentDictionary<string, ClientConnection[]> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ClientConnection, bool> _connections = new();
    private int _count;
    private int _tracked;

    /// <summary>Connections that hold a place in a session.</summary>
    public int Tracked => Volatile.Read(ref _tracked);

    /// <summary>Sessions with a connection.</summary>
    public int Sessions => _sessions.Count;

    /// <summary>The sessions.</summary>
    public IEnumerable<string> SessionIds => _sessions.Select(session => session.Key);

    /// <summary>All connections, those that are being closed included.</summary>
    public IEnumerable<ClientConnection> Connections => _connections.Select(entry => entry.Key);

    /// <summary>Whether there is no place for one more.</summary>
    public bool IsFull => Volatile.Read(ref _count) >= terms.Settings.MaxConnections;

    /// <summary>Gives a connection a place in its session; false if all are taken.</summary>
    public bool TryAdd(ClientConnection connection)
    {
        while (true)
        {
            if (!_sessions.TryGetValue(connection.SessionId, out var now))
            {
                if (_sessions.TryAdd(connection.SessionId, [connection]))
                {
                    break;
                }
            }
            else if (now.Length >= terms.Settings.MaxConnectionsPerSession)
            {
                return false;
            }
            else if (_sessions.TryUpdate(connection.SessionId, [.. now, connection], now))
            {
                break;
            }
        }
        _connections.TryAdd(connection, true);
        Interlocked.Increment(ref _tracked);
        Interlocked.Increment(ref _count);
        return true;
    }

    /// <summary>Frees its place in the session; false if it has none.</summary>
    public bool Remove(ClientConnection connection)
    {
        while (_sessions.TryGetValue(connection.SessionId, out var now) && Array.IndexOf(now, connection) >= 0)
        {
            if (now.Length == 1
                ? _sessions.TryRemove(KeyValuePair.Create(connection.SessionId, now))
                : _sessions.TryUpdate(connection.SessionId, Array.FindAll(now, other => other != connection), now))
            {
                Interlocked.Decrement(ref _tracked);
                return true;
            }
        }
        return false;
    }

    /// <summary>Its request has ended.</summary>
    public void Forget(ClientConnection connection)
    {
        if (_connections.TryRemove(connection, out _))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    /// <summary>Sends to every authenticated connection of the session.</summary>
    public DeliveryOutcome Deliver(string sessionId, ReadOnlyMemory<byte> text)
    {
        var outcome = DeliveryOutcome.Nobody;
        foreach (var connection in Of(sessionId))
        {
            if (connection.State == ConnectionState.Open)
            {
                if (connection.TrySend(text))
                {
                    outcome = DeliveryOutcome.Taken;
                }
                else if (outcome == DeliveryOutcome.Nobody)
                {
                    outcome = DeliveryOutcome.Refused;
                }
            }
        }
        return outcome;
    }

    /// <summary>An authenticated connection of the session; null where there is none.</summary>
    public ClientConnection? FindOpen(string sessionId) => Array.Find(Of(sessionId), connection => connection.State == ConnectionState.Open);

    private ClientConnection[] Of(string sessionId) => _sessions.GetValueOrDefault(sessionId) ?? [];
}
