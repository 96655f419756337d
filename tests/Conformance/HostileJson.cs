using System.Text;

namespace PyAirtable.Conformance;

/// <summary>JSON bodies that no client should send, made at random from a seed: wrong types, deep nesting, huge numbers, NUL, lone surrogates, long strings, and bytes that are no JSON.</summary>
internal sealed class HostileJson(int seed)
{
    private const int LongString = 1_000_000;

    private static readonly string[] Names =
    [
        "email", "username", "password", "current_password", "new_password", "refresh_token", "first_name", "last_name", "is_active", "role", "token",
        "event_type", "event_name", "event_data", "properties", "user_id", "session_id", "metric_name", "metric_value", "labels", "timestamp", "events", "metrics",
        "name", "description", "config", "steps", "type", "triggers", "cron_expression", "status", "is_enabled", "trigger_data",
    ];

    private static readonly string[] Scalars =
    [
        "null", "true", "false", "0", "-0", "5", "-1", "1e999", "-1e400", "1e-400", "99999999999999999999999999", "-9223372036854775809", "0.1", "1.5e3", "\"\"",
        "\"a@example.com\"", "\"longenough1\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\uffff\\ufffe\"", "\"😀\"", "\"' OR 1=1; --\"", "\"{{7*7}}\"", "\"%00\"",
        "\"../../etc/passwd\"", "\"0 9 * * 1-5\"", "\"2026-01-01T00:00:00Z\"", "\"active\"", "NaN", "Infinity", "-", "01", "'x'", "\"\u0001\"",
    ];

    private readonly Random _random = new(seed);

    /// <summary>The next body.</summary>
    public byte[] Next()
    {
        var text = new StringBuilder();
        switch (_random.Next(20))
        {
            case 0:
                AppendNested(text);
                break;
            case 1:
                AppendValue(text, depth: 0);
                break;
            default:
                AppendObject(text, depth: 0);
                break;
        }
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return _random.Next(5) == 0 ? Damage(bytes) : bytes;
    }

    private void AppendObject(StringBuilder text, int depth)
    {
        text.Append('{');
        var members = _random.Next(9);
        for (var i = 0; i < members; i++)
        {
            text.Append(i == 0 ? "" : ",").Append('"').Append(Names[_random.Next(Names.Length)]).Append("\":");
            AppendValue(text, depth + 1);
        }
        text.Append('}');
    }

    private void AppendValue(StringBuilder text, int depth)
    {
        switch (_random.Next(depth > 4 ? 6 : 9))
        {
            case < 5:
                text.Append(Scalars[_random.Next(Scalars.Length)]);
                break;
            case 5:
                var length = _random.Next(40) == 0 ? LongString : _random.Next(400);
                text.Append('"').Append((char)_random.Next('0', 'z' + 1) is var letter and not '\\' ? letter : 'é', length).Append('"');
                break;
            case 6:
                AppendObject(text, depth);
                break;
            default:
                text.Append('[');
                AppendValue(text, depth + 1);
                text.Append(',');
                AppendValue(text, depth + 1);
                text.Append(']');
                break;
        }
    }

    private void AppendNested(StringBuilder text)
    {
        var depth = _random.Next(1, 60_000);
        var (open, close) = _random.Next(2) == 0 ? ("[", "]") : ("{\"config\":", "}");
        text.Insert(0, open, depth).Append('1');
        if (_random.Next(2) == 0)
        {
            text.Insert(text.Length, close, depth);
        }
    }

    private byte[] Damage(byte[] bytes)
    {
        if (_random.Next(3) == 0)
        {
            return bytes[.._random.Next(bytes.Length + 1)];
        }
        for (var i = _random.Next(1, 4); i > 0 && bytes.Length > 0; i--)
        {
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        }
        return bytes;
    }
}
