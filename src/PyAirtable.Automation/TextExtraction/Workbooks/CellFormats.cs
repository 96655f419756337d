using System.Buffers.Text;
using PyAirtable.Automation.TextExtraction.Packages;
using PyAirtable.Automation.TextExtraction.Sheets;

namespace PyAirtable.Automation.TextExtraction.Workbooks;

/// <summary>Which of a workbook's cell styles show numbers as dates or durations.</summary>
internal sealed class CellFormats
{
    private readonly List<SheetCellKind> _byStyle = [];

    /// <summary>Reads the part of styles; a workbook without one has only numbers.</summary>
    /// <exception cref="InvalidDataException">It is not well-formed.</exception>
    public static CellFormats Read(ZipPackage package, string? part)
    {
        var formats = new CellFormats();
        using var xml = part is null ? null : package.Scan(part);
        var codes = new Dictionary<int, SheetCellKind>();
        while (xml is not null && xml.Read() is not XmlToken.None and var token)
        {
            if (token == XmlToken.Start && xml.LocalName.SequenceEqual("numFmt"u8))
            {
                var (id, code) = ReadFormat(xml.Attributes);
                codes[id] = NumberFormat.KindOf(code);
            }
            else if (token == XmlToken.Start && xml.Depth == 2 && xml.LocalName.SequenceEqual("cellXfs"u8))
            {
                formats.ReadStyles(xml, codes);
            }
        }
        return formats;
    }

    /// <summary>What a number of this style is.</summary>
    public SheetCellKind KindOf(int style) => style >= 0 && style < _byStyle.Count ? _byStyle[style] : SheetCellKind.Number;

    private void ReadStyles(XmlScanner xml, Dictionary<int, SheetCellKind> codes)
    {
        while (xml.Read() is not XmlToken.End and var token)
        {
            if (token == XmlToken.Start)
            {
                var (id, _) = ReadFormat(xml.Attributes);
                _byStyle.Add(codes.TryGetValue(id, out var kind) ? kind : NumberFormat.KindOfBuiltIn(id));
                xml.Skip();
            }
        }
    }

    private static (int Id, string Code) ReadFormat(XmlAttributes attributes)
    {
        var (id, code) = (0, "");
        while (attributes.Next())
        {
            if (attributes.Name.SequenceEqual("numFmtId"u8))
            {
                _ = Utf8Parser.TryParse(attributes.Value, out id, out _);
            }
            else if (attributes.Name.SequenceEqual("formatCode"u8))
            {
                code = XmlText.Of(attributes.Value);
            }
        }
        return (id, code);
    }
}
