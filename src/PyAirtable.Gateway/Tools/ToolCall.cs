using System.Buffers;
using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Relaying;
using PyAirtable.Hosting.Errors;

namespace PyAirtable.Gateway.Tools;

/// <summary>What <c>/api/execute-tool</c> takes (gateway contract 1.5.1).</summary>
/// <param name="Body">Compact JSON for the upstream.</param>
/// <param name="Session">The session's id as JSON where its WebSocket is to see the progress; else null.</param>
/// <param name="Tool">The tool's name as JSON.</param>
internal readonly record struct ToolCall(ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte>? Session, ReadOnlyMemory<byte> Tool)
{
    private static readonly PreparedAnswer NoJson = DetailError.Prepare(StatusCodes.Status400BadRequest, "Request body is not valid JSON");
    private static readonly PreparedAnswer NoObject = DetailError.Prepare(StatusCodes.Status400BadRequest, "Request body must be a JSON object");
    private static readonly ReadOnlyMemory<byte> Unknown = "\"unknown\""u8.ToArray();

    /// <summary>Reads a body.</summary>
    /// <param name="text">The body.</param>
    /// <param name="call">What is in it.</param>
    /// <returns>The answer where it is wrong; null where it is right.</returns>
    public static PreparedAnswer? Read(ReadOnlyMemory<byte> text, out ToolCall call)
    {
        call = default;
        if (!PassThroughJson.TryRewrite(text, out var json))
        {
            return NoJson;
        }
        if (json.Span[0] != '{')
        {
            return NoObject;
        }

        ReadOnlyMemory<byte> session = default, progress = default, tool = Unknown;
        var progressStart = 0;
        var members = new JsonMembers(json.Span);
        while (members.Next())
        {
            var value = json.Slice(members.ValueStart, members.Value.Length);
            switch (members.Name)
            {
                case var name when name.SequenceEqual("tool_name"u8):
                    tool = value;
                    break;
                case var name when name.SequenceEqual("session_id"u8):
                    session = value;
                    break;
                case var name when name.SequenceEqual("stream_progress"u8):
                    (progress, progressStart) = (value, members.ValueStart);
                    break;
            }
        }

        call = CompactJson.IsTruthy(progress.Span) && CompactJson.IsTruthy(session.Span)
            ? new ToolCall(WithProgress(json, progressStart, progress.Length), session, tool)
            : new ToolCall(json, null, tool);
        return null;
    }

    // Whatever counted as true becomes true.
    private static ReadOnlyMemory<byte> WithProgress(ReadOnlyMemory<byte> json, int start, int length)
    {
        var body = new ArrayBufferWriter<byte>(json.Length + 4);
        body.Write(json.Span[..start]);
        body.Write("true"u8);
        body.Write(json.Span[(start + length)..]);
        return body.WrittenMemory;
    }
}
