using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PyAirtable.Mcp.Tools;

/// <summary>
/// JSON as Python prints it with an indent of 2 (upstream contract, head): two blanks a level, non-ASCII escaped, order kept. Numbers stay
/// as they were written, so none loses digits.
/// </summary>
internal static class PythonJson
{
    private const int Indent = 2;
    private const char FirstPrintable = ' ';
    private const char LastAscii = '\u007f';

    /// <summary>The text.</summary>
    public static string Write(JsonElement value)
    {
        var text = new StringBuilder(256);
        Write(text, value, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var first = true;
                foreach (var member in value.EnumerateObject())
                {
                    text.Append(first ? '{' : ',');
                    NewLine(text, depth + 1);
                    WriteText(text, member.Name);
                    text.Append(": ");
                    Write(text, member.Value, depth + 1);
                    first = false;
                }
                Close(text, first, depth, '{', '}');
                break;
            case JsonValueKind.Array:
                first = true;
                foreach (var item in value.EnumerateArray())
                {
                    text.Append(first ? '[' : ',');
                    NewLine(text, depth + 1);
                    Write(text, item, depth + 1);
                    first = false;
                }
                Close(text, first, depth, '[', ']');
                break;
            case JsonValueKind.String:
                WriteText(text, value.GetString()!);
                break;
            default:
                text.Append(value.ValueKind == JsonValueKind.Undefined ? "null" : value.GetRawText());
                break;
        }
    }

    private static void Close(StringBuilder text, bool empty, int depth, char open, char close)
    {
        if (empty)
        {
            text.Append(open);
        }
        else
        {
            NewLine(text, depth);
        }
        text.Append(close);
    }

    private static void NewLine(StringBuilder text, int depth) => text.Append('\n').Append(' ', depth * Indent);

    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var letter in value)
        {
            switch (letter)
            {
                case '"' or '\\':
                    text.Append('\\').Append(letter);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case '\b':
                    text.Append("\\b");
                    break;
                case '\f':
                    text.Append("\\f");
                    break;
                case >= FirstPrintable and <= LastAscii:
                    text.Append(letter);
                    break;
                default:
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
                    break;
            }
        }
        text.Append('"');
    }
}
