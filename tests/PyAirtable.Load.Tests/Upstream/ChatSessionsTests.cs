using System.Buffers;
using System.Text.Json;
using PyAirtable.Load.Upstream;

namespace PyAirtable.Load.Tests.Upstream;

public sealed class ChatSessionsTests
{
    private readonly ChatSessions _sessions = new();

    [Fact]
    public void Write_Session_HasTheLastTwentyEntries()
    {
        for (var number = 1; number <= 15; number++)
        {
            _sessions.Add("s", $"question {number}", $"answer {number}");
        }

        var history = History("s");

        Assert.Equal((20, "question 6", "answer 15"), (history.Count, history[0], history[^1]));
    }

    [Fact]
    public void Clear_Session_IsEmptyAfterwards()
    {
        _sessions.Add("s", "question", "answer");

        Assert.True(_sessions.Clear("s"));
        Assert.False(_sessions.Clear("s"));
        Assert.Empty(History("s"));
    }

    private List<string> History(string session)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            _sessions.Write(json, session);
        }
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return [.. document.RootElement.GetProperty("history").EnumerateArray().Select(entry => entry.GetProperty("message").GetString()!)];
    }
}
