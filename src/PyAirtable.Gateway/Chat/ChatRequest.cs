using System.Buffers;
using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Relaying;
using PyAirtable.Hosting.Errors;

namespace PyAirtable.Gateway.Chat;

/// <summary>What <c>/api/chat</c> takes, made into what the language models take: <c>message</c>, the last that the user said, for
/// the array of all <c>messages</c> (gateway contract 1.2.1).</summary>
/// <param name="Body">Compact JSON for the upstream.</param>
/// <param name="Session">The session's id as JSON where the answer is to be streamed to its WebSocket; else null.</param>
internal readonly record struct ChatRequest(ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte>? Session)
{
    private static readonly PreparedAnswer NoJson = Fault("Request body is not valid JSON");
    private static readonly PreparedAnswer NoObject = Fault("Request body must be a JSON object");
    private static readonly PreparedAnswer NoArray = Fault("Field messages must be an array of objects");
    private static readonly PreparedAnswer Empty = Fault("Empty messages array - at least one message is required");
    private static readonly PreparedAnswer NoUser = Fault("No user messages found in messages array");
    private static readonly PreparedAnswer NoContent = Fault("User message content is empty");

    private static ReadOnlySpan<byte> MessageKey => "{\"message\":"u8;

    /// <summary>Reads a body.</summary>
    /// <param name="text">The body.</param>
    /// <param name="request">What is in it.</param>
    /// <returns>The answer where it is wrong; null where it is right.</returns>
    public static PreparedAnswer? Read(ReadOnlyMemory<byte> text, out ChatRequest request)
    {
        request = default;
        if (!PassThroughJson.TryRewrite(text, out var json))
        {
            return NoJson;
        }
        if (json.Span[0] != '{')
        {
            return NoObject;
        }

        ReadOnlySpan<byte> messages = default, message = default, stream = default, session = default;
        var sessionStart = 0;
        var members = new JsonMembers(json.Span);
        while (members.Next())
        {
            switch (members.Name)
            {
                case var name when name.SequenceEqual("messages"u8):
                    messages = members.Value;
                    break;
                case var name when name.SequenceEqual("message"u8):
                    message = members.Value;
                    break;
                case var name when name.SequenceEqual("stream"u8):
                    stream = members.Value;
                    break;
                case var name when name.SequenceEqual("session_id"u8):
                    session = members.Value;
                    sessionStart = members.ValueStart;
                    break;
            }
        }

        if (FindContent(messages, out var content) is { } fault)
        {
            return fault;
        }
        var streams = CompactJson.IsTruthy(stream) && CompactJson.IsTruthy(session);
        var body = Write(json.Span, message.IsEmpty ? content : message, json.Length - messages.Length, streams);
        request = new ChatRequest(body, streams ? json.Slice(sessionStart, session.Length) : default(ReadOnlyMemory<byte>?));
        return null;
    }

    private static PreparedAnswer Fault(string detail) => DetailError.Prepare(StatusCodes.Status400BadRequest, detail);

    // What stands before the last message of the user is not looked at, as if the search began at the end.
    private static PreparedAnswer? FindContent(ReadOnlySpan<byte> messages, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!CompactJson.IsTruthy(messages))
        {
            return Empty;
        }
        if (messages[0] != '[')
        {
            return NoArray;
        }
        var fault = NoUser;
        var elements = new JsonElements(messages);
        while (elements.Next())
        {
            if (elements.Value[0] != '{')
            {
                fault = NoArray;
            }
            else if (IsFromUser(elements.Value, out var said))
            {
                content = said;
                fault = CompactJson.IsTruthy(said) ? null : NoContent;
            }
        }
        return fault;
    }

    private static bool IsFromUser(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> content)
    {
        content = default;
        var isUser = false;
        var members = new JsonMembers(message);
        while (members.Next())
        {
            if (members.Name.SequenceEqual("role"u8))
            {
                isUser = members.Value.SequenceEqual("\"user\""u8);
            }
            else if (members.Name.SequenceEqual("content"u8))
            {
                content = members.Value;
            }
        }
        return isUser;
    }

    private static ReadOnlyMemory<byte> Write(ReadOnlySpan<byte> json, ReadOnlySpan<byte> message, int others, bool streams)
    {
        var body = new ArrayBufferWriter<byte>(MessageKey.Length + message.Length + others);
        body.Write(MessageKey);
        body.Write(message);
        var members = new JsonMembers(json);
        while (members.Next())
        {
            if (members.Name.SequenceEqual("messages"u8) || members.Name.SequenceEqual("message"u8))
            {
                continue;
            }
            body.Write(",\""u8);
            body.Write(members.Name);
            body.Write("\":"u8);
            body.Write(streams && members.Name.SequenceEqual("stream"u8) ? "true"u8 : members.Value);
        }
        body.Write("}"u8);
        return body.WrittenMemory;
    }
}
