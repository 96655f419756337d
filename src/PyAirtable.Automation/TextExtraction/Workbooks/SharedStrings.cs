using System.Text;
using PyAirtable.Automation.TextExtraction.Packages;
using PyAirtable.Automation.TextExtraction.Sheets;

namespace PyAirtable.Automation.TextExtraction.Workbooks;

/// <summary>The texts that a workbook's cells refer to by number. They are read as far as cells ask for them, and each is one cell.</summary>
/// <param name="package">The workbook.</param>
/// <param name="part">Their part; a workbook may have none.</param>
internal sealed class SharedStrings(ZipPackage package, string? part) : IDisposable
{
    // What a string takes beside its characters, in characters.
    private const int Overhead = 16;

    private readonly List<SheetCell> _read = [];
    private readonly StringBuilder _text = new();
    private XmlScanner? _xml;
    private long _characters;
    private bool _isDone;

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
        while (_xml is not null && _xml.Read() is not XmlToken.None and var token)
        {
            if (token == XmlToken.Start && _xml.Depth == 2 && _xml.LocalName.SequenceEqual("si"u8))
            {
                RichText.Append(_text, _xml);
                _characters += _text.Length + Overhead;
                if (_characters > ExtractionLimits.MaxCharacters)
                {
                    throw new ExtractionLimitException();
                }
                _read.Add(SheetCell.OfText(RichText.Take(_text)));
                return;
            }
        }
        _isDone = true;
    }
}
