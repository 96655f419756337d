using System.Text.Json;

namespace PyAirtable.Load.Upstream;

/// <summary>What was said in sessions: the last twenty entries of a thousand sessions at most.</summary>
internal sealed class ChatSessions
{
    private const int MostSessions = 1000;
    private const int MostEntries = 20;

    private readonly Dictionary<string, Queue<(string Role, string Message)>> _sessions = [];
    private readonly Lock _lock = new();

    /// <summary>Adds a question and its answer.</summary>
    public void Add(string session, string question, string answer)
    {
        lock (_lock)
        {
            var entries = Entries(session);
            entries.Enqueue(("user", question));
            entries.Enqueue(("assistant", answer));
            while (entries.Count > MostEntries)
            {
                entries.Dequeue();
            }
        }
    }

    /// <summary>Writes the history of a session, which is made by this if there is none.</summary>
    public void Write(Utf8JsonWriter json, string session)
    {
        json.WriteStartObject();
        json.WriteString("session_id", session);
        json.WriteStartArray("history");
        lock (_lock)
        {
            foreach (var (role, message) in Entries(session))
            {
                json.WriteStartObject();
                json.WriteString("role", role);
                json.WriteString("message", message);
                json.WriteString("timestamp", "2025-01-15T10:30:00.000000");
                json.WriteEndObject();
            }
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Forgets a session; whether there was one.</summary>
    public bool Clear(string session)
    {
        lock (_lock)
        {
            return _sessions.Remove(session);
        }
    }

    private Queue<(string Role, string Message)> Entries(string session)
    {
        if (!_sessions.TryGetValue(session, out var entries))
        {
            if (_sessions.Count == MostSessions)
            {
                _sessions.Remove(_sessions.Keys.First());
            }
            _sessions.Add(session, entries = new());
        }
        return entries;
    }
}
