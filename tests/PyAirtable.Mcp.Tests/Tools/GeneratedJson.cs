using System.Globalization;
using System.Text;

namespace PyAirtable.Mcp.Tests.Tools;

/// <summary>A JSON document by chance, spelled as no printer would, and how Python prints it with an indent of 2: made side by side, so neither depends
/// on a parser.</summary>
internal sealed class GeneratedJson
{
    private static readonly string[] Numbers = ["0", "-0", "7", "-12", "9007199254740993", "1.50", "-0.0", "1e5", "1E-05", "2.5e+10", "123456789012345678901234567890"];
    private static readonly string[] Blanks = [" ", "\n", "\r\n", "\t", "  \n "];

    private readonly Random _chance;
    private readonly bool _hasBlanks;
    private readonly StringBuilder _source = new();
    private readonly StringBuilder _printed = new();

    public GeneratedJson(int seed)
    {
        _chance = new Random(seed);
        _hasBlanks = seed % 2 == 0;
        Blank();
        Value(0);
        Blank();
    }

    public string Source => _source.ToString();

    public string Printed => _printed.ToString();

    private void Value(int depth)
    {
        switch (_chance.Next(depth > 7 ? 5 : 8))
        {
            case 0:
                Both(Numbers[_chance.Next(Numbers.Length)]);
                break;
            case 1:
                Both(_chance.Next(3) switch { 0 => "true", 1 => "false", _ => "null" });
                break;
            case 2 or 3 or 4:
                Text();
                break;
            case 5:
                Items(depth, '[', ']');
                break;
            default:
                Items(depth, '{', '}');
                break;
        }
    }

    private void Items(int depth, char open, char close)
    {
        Both(open.ToString());
        Blank();
        var count = _chance.Next(5);
        for (var item = 0; item < count; item++)
        {
            if (item > 0)
            {
                Both(",");
                Blank();
            }
            _printed.Append('\n').Append(' ', 2 * (depth + 1));
            if (open == '{')
            {
                Text();
                Blank();
                Both(":");
                _printed.Append(' ');
                Blank();
            }
            Value(depth + 1);
            Blank();
        }
        if (count > 0)
        {
            _printed.Append('\n').Append(' ', 2 * depth);
        }
        Both(close.ToString());
    }

    private void Text()
    {
        Both("\"");
        for (var left = _chance.Next(12); left > 0; left--)
        {
            Letter(_chance.Next(12) switch
            {
                0 => new Rune('"'),
                1 => new Rune('\\'),
                2 => new Rune(_chance.Next(0x20)),
                3 => new Rune(_chance.Next(0x7f, 0x800)),
                4 => new Rune(_chance.Next(0x800, 0xd800)),
                5 => new Rune(_chance.Next(0xe000, 0x10000)),
                6 => new Rune(_chance.Next(0x10000, 0x110000)),
                _ => new Rune(_chance.Next(0x20, 0x7f)),
            });
        }
        Both("\"");
    }

    private void Letter(Rune letter)
    {
        foreach (var unit in letter.ToString())
        {
            _printed.Append(Short(unit) is { } name ? $"\\{name}" : unit is < ' ' or > '~' ? Escape(unit, "x4") : unit.ToString());
        }
        var mustEscape = letter.Value is < ' ' or '"' or '\\';
        if (letter.Value is '/' && _chance.Next(2) == 0)
        {
            _source.Append("\\/");
        }
        else if (letter.IsBmp && Short((char)letter.Value) is { } known && _chance.Next(2) == 0)
        {
            _source.Append('\\').Append(known);
        }
        else if (mustEscape || _chance.Next(3) == 0)
        {
            foreach (var unit in letter.ToString())
            {
                _source.Append(Escape(unit, _chance.Next(2) == 0 ? "x4" : "X4"));
            }
        }
        else
        {
            _source.Append(letter.ToString());
        }
    }

    private static char? Short(char unit) => unit switch
    {
        '"' or '\\' => unit,
        '\b' => 'b',
        '\f' => 'f',
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        _ => null,
    };

    private static string Escape(char unit, string format) => "\\u" + ((int)unit).ToString(format, CultureInfo.InvariantCulture);

    private void Both(string text)
    {
        _source.Append(text);
        _printed.Append(text);
    }

    private void Blank()
    {
        if (_hasBlanks && _chance.Next(3) == 0)
        {
            _source.Append(Blanks[_chance.Next(Blanks.Length)]);
        }
    }
}
