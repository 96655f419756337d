using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using ModelContextProtocol.Protocol;

namespace PyAirtable.Mcp.Protocol;

/// <summary>
/// A <c>tools/call</c> that asks for nothing but the result: no progress, no <c>_meta</c>. Such a call can be answered without the protocol library,
/// whose object model is most of what a call takes there.
/// </summary>
/// <param name="Id">The request's id.</param>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">Its arguments; undefined for none.</param>
internal sealed record DirectCall(JsonElement Id, string Tool, JsonElement Arguments)
{
    /// <summary>The id as it was written.</summary>
    public ReadOnlySpan<byte> RawId => JsonMarshal.GetRawUtf8Value(Id);

    /// <summary>The id, to be compared.</summary>
    public RequestId RequestId => IdOf(Id)!.Value;

    /// <summary>An id, to be compared; null for what is none.</summary>
    public static RequestId? IdOf(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.String => new RequestId(id.GetString()!),
        JsonValueKind.Number when id.TryGetInt64(out var number) => new RequestId(number),
        _ => null,
    };

    /// <summary>Reads one; null for every other message, also for one that is wrong: the library says how.</summary>
    public static DirectCall? TryRead(ReadOnlySpan<byte> body)
    {
        // Halves of surrogate pairs pass the parser and throw later.
        if (body.IndexOf("\"tools/call\""u8) < 0 || !Utf8.IsValid(body) || body.IndexOf("\\ud"u8) >= 0 || body.IndexOf("\\uD"u8) >= 0)
        {
            return null;
        }
        try
        {
            return Read(JsonElement.Parse(body));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DirectCall? Read(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            return null;
        }
        var (isVersion2, isCall) = (false, false);
        JsonElement id = default, parameters = default;
        foreach (var member in message.EnumerateObject())
        {
            if (member.NameEquals("jsonrpc"u8))
            {
                isVersion2 = IsText(member.Value, "2.0"u8);
            }
            else if (member.NameEquals("method"u8))
            {
                isCall = IsText(member.Value, "tools/call"u8);
            }
            else if (member.NameEquals("id"u8))
            {
                id = member.Value;
            }
            else if (member.NameEquals("params"u8))
            {
                parameters = member.Value;
            }
            else
            {
                return null;
            }
        }
        return isVersion2 && isCall && IdOf(id) is not null && parameters.ValueKind == JsonValueKind.Object ? Read(id, parameters) : null;
    }

    private static DirectCall? Read(JsonElement id, JsonElement parameters)
    {
        string? tool = null;
        JsonElement arguments = default;
        foreach (var member in parameters.EnumerateObject())
        {
            if (member.NameEquals("name"u8) && member.Value.ValueKind == JsonValueKind.String)
            {
                tool = member.Value.GetString();
            }
            else if (member.NameEquals("arguments"u8) && member.Value.ValueKind == JsonValueKind.Object)
            {
                arguments = member.Value;
            }
            else
            {
                return null;
            }
        }
        return tool is null ? null : new DirectCall(id, tool, arguments);
    }

    private static bool IsText(JsonElement value, ReadOnlySpan<byte> text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}
