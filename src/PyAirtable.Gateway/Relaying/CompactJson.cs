using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace PyAirtable.Gateway.Relaying;

/// <summary>Single values of JSON that <see cref="PassThroughJson"/> made: they are known to be valid, and have no blanks between tokens.</summary>
internal static class CompactJson
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);

    /// <summary>Length of the value that a text begins with.</summary>
    public static int LengthOf(ReadOnlySpan<byte> json) => json[0] switch
    {
        (byte)'"' => LengthOfString(json),
        (byte)'{' or (byte)'[' => LengthOfContainer(json),
        _ => json.IndexOfAny(",]}"u8) is var end and >= 0 ? end : json.Length,
    };

    /// <summary>Whether Python takes a value for true: all but <c>null</c>, <c>false</c>, zeros, and what is empty. No value at all is not true.</summary>
    public static bool IsTruthy(ReadOnlySpan<byte> value) => value is not [] && value[0] switch
    {
        (byte)'n' or (byte)'f' => false,
        (byte)'t' => true,
        (byte)'"' or (byte)'{' or (byte)'[' => value.Length > 2,
        _ => !Utf8Parser.TryParse(value, out double number, out _) || number != 0,
    };

    /// <summary>The text of a string; of other values, their JSON.</summary>
    public static string TextOf(ReadOnlySpan<byte> value)
    {
        if (value[0] != '"')
        {
            return Encoding.UTF8.GetString(value);
        }
        if (!value.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(value[1..^1]);
        }
        var reader = new Utf8JsonReader(value);
        reader.Read();
        return reader.GetString()!;
    }

    private static int LengthOfString(ReadOnlySpan<byte> json)
    {
        for (var at = 1; ; at += 2)
        {
            at += json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (json[at] == '"')
            {
                return at + 1;
            }
        }
    }

    private static int LengthOfContainer(ReadOnlySpan<byte> json)
    {
        var depth = 0;
        for (var at = 0; ; at++)
        {
            at += json[at..].IndexOfAny(Structure);
            switch (json[at])
            {
                case (byte)'"':
                    at += LengthOfString(json[at..]) - 1;
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                default:
                    if (--depth == 0)
                    {
                        return at + 1;
                    }
                    break;
            }
        }
    }
}
