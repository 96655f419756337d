using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using PyAirtable.Gateway.WebSockets;

namespace PyAirtable.Gateway.Tests;

/// <summary>Keeps what is sent to sessions, as <c>session type data</c>, with the times left out.</summary>
internal sealed partial class RecordedMessages : ISessionMessages
{
    public ConcurrentQueue<string> Seen { get; } = new();

    public ValueTask SendAsync(string sessionId, SessionMessage message, CancellationToken cancel)
    {
        Seen.Enqueue($"{sessionId} {message.Type} {Time().Replace(Encoding.UTF8.GetString(message.Data.Span), ",\"timestamp\":T}")}");
        return ValueTask.CompletedTask;
    }

    [GeneratedRegex(",\"timestamp\":\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{6})?\"}$")]
    private static partial Regex Time();
}
