using System.Buffers;
using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Relaying;
using PyAirtable.Gateway.WebSockets;

namespace PyAirtable.Gateway.Tools;

/// <summary>A tool at work: the session's clients see its progress, who asked gets the result (gateway contract 1.5.3).</summary>
/// <param name="session">The session's id as JSON.</param>
/// <param name="tool">The tool's name as JSON.</param>
/// <param name="messages">Brings the progress to the session.</param>
/// <param name="clock">The clock.</param>
/// <param name="cancel">Cancelled when who asked goes away.</param>
internal sealed class ToolProgress(ReadOnlyMemory<byte> session, ReadOnlyMemory<byte> tool, ISessionMessages messages, TimeProvider clock, CancellationToken cancel)
{
    private readonly string _sessionId = CompactJson.TextOf(session.Span);
    private byte[]? _result;
    private byte[]? _failure;

    /// <summary>Takes a report; false where it was the last.</summary>
    public async ValueTask<bool> TakeAsync(ReadOnlyMemory<byte> report)
    {
        var data = Read(report.Span);
        await messages.SendAsync(_sessionId, new SessionMessage("tool_progress", data), cancel);
        return _result is null && _failure is null;
    }

    /// <summary>Answers with the result, <c>null</c> where none came, or with what went wrong.</summary>
    /// <param name="http">Where.</param>
    /// <param name="error">What went wrong in the stream itself.</param>
    public Task WriteAsync(HttpContext http, string? error)
    {
        if (error is not null)
        {
            return StreamAnswer.WriteErrorAsync(http, error);
        }
        var answer = new ArrayBufferWriter<byte>(64 + session.Length + tool.Length + (_result ?? _failure ?? []).Length);
        if (_failure is not null)
        {
            answer.Add("{\"error\":"u8, _failure, default);
        }
        else
        {
            answer.Add("{\"result\":"u8, _result, "null"u8)
                .Add(",\"session_id\":"u8, session.Span, default)
                .Add(",\"tool_name\":"u8, tool.Span, default);
        }
        answer.Write("}"u8);
        return StreamAnswer.WriteAsync(http, answer.WrittenMemory);
    }

    private ReadOnlyMemory<byte> Read(ReadOnlySpan<byte> report)
    {
        ReadOnlySpan<byte> status = default, progress = default, message = default, result = default;
        var members = new JsonMembers(report);
        while (members.Next())
        {
            switch (members.Name)
            {
                case var name when name.SequenceEqual("status"u8):
                    status = members.Value;
                    break;
                case var name when name.SequenceEqual("progress"u8):
                    progress = members.Value;
                    break;
                case var name when name.SequenceEqual("message"u8):
                    message = members.Value;
                    break;
                case var name when name.SequenceEqual("result"u8):
                    result = members.Value;
                    break;
            }
        }

        if (status.SequenceEqual("\"completed\""u8))
        {
            _result = result.IsEmpty ? "null"u8.ToArray() : result.ToArray();
        }
        else if (status.SequenceEqual("\"failed\""u8))
        {
            _failure = message.IsEmpty ? "\"Tool execution failed\""u8.ToArray() : message.ToArray();
        }
        return new ArrayBufferWriter<byte>(160 + tool.Length + status.Length + progress.Length + message.Length + result.Length)
            .Add("{\"tool_name\":"u8, tool.Span, default)
            .Add(",\"status\":"u8, status, "\"running\""u8)
            .Add(",\"progress\":"u8, progress, "0"u8)
            .Add(",\"message\":"u8, message, "\"\""u8)
            .Add(",\"result\":"u8, result, "null"u8)
            .End(clock.GetUtcNow())
            .WrittenMemory;
    }
}
