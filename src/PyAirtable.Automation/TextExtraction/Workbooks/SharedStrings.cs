using System.Text;
using System.Text.Unicode;
using PyAirtable.Automation.TextExtraction.Packages;
using PyAirtable.Automation.TextExtraction.Sheets;

namespace PyAirtable.Automation.TextExtraction.Workbooks;

/// <summary>The texts that a workbook's cells refer to by number. They are read as far as cells ask for them, and each is one cell.</summary>
/// <param name="package">The workbook.</param>
/// <param name="part">Their part; a workbook may have none.</param>
/// <param name="texts">Where they are kept.</param>
internal sealed class SharedStrings(ZipPackage package, string? part, CellTexts texts) : IDisposable
{
    // What a string takes beside its characters, in characters.
    private const int Overhead = 16;

    private readonly List<SheetCell> _read = [];
    private readonly StringBuilder _text = new();
    private XmlScanner? _xml;
    private long _characters;
    private bool _isDone;

    private static ReadOnlySpan<byte> Plain => "<si><t>"u8;

    private static ReadOnlySpan<byte> Spaced => "<si><t xml:space=\"preserve\">"u8;

    private static ReadOnlySpan<byte> End => "</t></si>"u8;

    /// <summary>The text with this number, from 0.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    /// <exception cref="ExtractionLimitException">There is too much text up to it.</exception>
    public SheetCell this[int number]
    {
        get
        {
            while (number >= _read.Count && !_isDone)
            {
                ReadNext();
            }
            return number >= 0 && number < _read.Count ? _read[number] : throw new InvalidDataException("a cell refers to a text that is not there");
        }
    }

    public void Dispose() => _xml?.Dispose();

    private void ReadNext()
    {
        _xml ??= part is null ? null : package.Scan(part);
        if (_xml is not null && TryReadPlain(_xml))
        {
            return;
        }
        while (_xml is not null && _xml.Read() is not XmlToken.None and var token)
        {
            if (token == XmlToken.Start && _xml.Depth == 2 && _xml.LocalName.SequenceEqual("si"u8))
            {
                RichText.Append(_text, _xml);
                var text = RichText.Take(_text);
                Add(text.Length, texts.Add(text));
                return;
            }
        }
        _isDone = true;
    }

    // The next one, if it has one text as Excel writes nearly all: in one pass, as plain cells are read.
    private bool TryReadPlain(XmlScanner xml)
    {
        var ahead = xml.Ahead;
        var start = xml.Depth != 1 ? 0 : ahead.StartsWith(Plain) ? Plain.Length : ahead.StartsWith(Spaced) ? Spaced.Length : 0;
        var text = ahead[start..];
        var length = start == 0 ? -1 : text.IndexOf((byte)'<');
        if (length < 0 || !text[length..].StartsWith(End))
        {
            return false;
        }
        text = text[..length];
        if (text.IndexOfAny((byte)'&', (byte)'\r', (byte)0) >= 0 || text.IndexOf(RichText.Escape) >= 0 || !Utf8.IsValid(text))
        {
            return false;
        }
        Add(Encoding.UTF8.GetCharCount(text), texts.Add(text));
        xml.Advance(start + length + End.Length);
        return true;
    }

    private void Add(int length, SheetCell text)
    {
        _characters += length + Overhead;
        if (_characters > ExtractionLimits.MaxCharacters)
        {
            throw new ExtractionLimitException();
        }
        _read.Add(text);
    }
}
