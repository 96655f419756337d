using System.Buffers;
using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Relaying;
using PyAirtable.Gateway.WebSockets;

namespace PyAirtable.Gateway.Chat;

/// <summary>A streamed answer of the model, which grows at the session's clients, and is put together for who asked (gateway contract 1.2.3).</summary>
/// <param name="session">The session's id as JSON.</param>
/// <param name="messages">Brings the parts to the session.</param>
/// <param name="clock">The clock.</param>
/// <param name="cancel">Cancelled when who asked goes away.</param>
internal sealed class ChatReply(ReadOnlyMemory<byte> session, ISessionMessages messages, TimeProvider clock, CancellationToken cancel)
{
    private const int MaxTextBytes = 16 << 20;

    private readonly string _sessionId = CompactJson.TextOf(session.Span);
    private readonly ArrayBufferWriter<byte> _text = new();
    private string? _fault;

    /// <summary>Takes a part; false where it was the last.</summary>
    public async ValueTask<bool> TakeAsync(ReadOnlyMemory<byte> part)
    {
        var data = Read(part.Span, out var isComplete);
        await messages.SendAsync(_sessionId, new SessionMessage("chat_stream", data), cancel);
        return !isComplete && _fault is null;
    }

    /// <summary>Answers with the whole, or with what went wrong.</summary>
    /// <param name="http">Where.</param>
    /// <param name="error">What went wrong in the stream itself.</param>
    public Task WriteAsync(HttpContext http, string? error)
    {
        if ((error ?? _fault) is { } fault)
        {
            return StreamAnswer.WriteErrorAsync(http, fault);
        }
        var answer = new ArrayBufferWriter<byte>(_text.WrittenCount + session.Length + 64);
        answer.Write("{\"response\":\""u8);
        answer.Write(_text.WrittenSpan);
        answer.Write("\",\"session_id\":"u8);
        answer.Write(session.Span);
        answer.Write(",\"streaming\":true}"u8);
        return StreamAnswer.WriteAsync(http, answer.WrittenMemory);
    }

    private ReadOnlyMemory<byte> Read(ReadOnlySpan<byte> part, out bool isComplete)
    {
        ReadOnlySpan<byte> delta = default, tokens = default, complete = default;
        var members = new JsonMembers(part);
        while (members.Next())
        {
            switch (members.Name)
            {
                case var name when name.SequenceEqual("delta"u8):
                    delta = members.Value;
                    break;
                case var name when name.SequenceEqual("token_count"u8):
                    tokens = members.Value;
                    break;
                case var name when name.SequenceEqual("is_complete"u8):
                    complete = members.Value;
                    break;
            }
        }

        isComplete = CompactJson.IsTruthy(complete);
        Append(delta);
        return new ArrayBufferWriter<byte>(128 + delta.Length + tokens.Length + complete.Length)
            .Add("{\"delta\":"u8, delta, "\"\""u8)
            .Add(",\"token_count\":"u8, tokens, "0"u8)
            .Add(",\"is_complete\":"u8, complete, "false"u8)
            .End(clock.GetUtcNow())
            .WrittenMemory;
    }

    // Between quotes the texts can be joined as they are escaped.
    private void Append(ReadOnlySpan<byte> delta)
    {
        if (delta.IsEmpty)
        {
            return;
        }
        if (delta[0] != '"')
        {
            _fault = "Upstream sent a delta that is not a string";
        }
        else if (_text.WrittenCount + delta.Length > MaxTextBytes)
        {
            _fault = UpstreamFailure.AnswerTooLarge.Reason;
        }
        else
        {
            _text.Write(delta[1..^1]);
        }
    }
}
