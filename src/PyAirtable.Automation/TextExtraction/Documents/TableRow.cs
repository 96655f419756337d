using System.Buffers.Text;
using System.Text;
using PyAirtable.Automation.TextExtraction.Packages;

namespace PyAirtable.Automation.TextExtraction.Documents;

/// <summary>A table's row: one trimmed text a column. A cell over several columns repeats, as does one over several rows.</summary>
internal static class TableRow
{
    // Word's own limit is 63.
    private const int MaxColumns = 16_384;

    /// <summary>At a row's start, reads it and goes to its end.</summary>
    /// <param name="xml">Where it is.</param>
    /// <param name="above">The row above it.</param>
    /// <param name="text">Where a cell's text is put together; empty before and after.</param>
    /// <exception cref="InvalidDataException">It has too many columns.</exception>
    public static string[] Read(XmlScanner xml, string[] above, StringBuilder text)
    {
        var columns = new List<string>(above.Length);
        while (xml.Read() is not XmlToken.End and var token)
        {
            if (token == XmlToken.Start && xml.LocalName.SequenceEqual("tc"u8))
            {
                ReadCell(xml, above, text, columns);
            }
            else if (token == XmlToken.Start)
            {
                xml.Skip();
            }
        }
        return [.. columns];
    }

    private static void ReadCell(XmlScanner xml, string[] above, StringBuilder text, List<string> columns)
    {
        var (span, continues, paragraphs) = (1, false, 0);
        while (xml.Read() is not XmlToken.End and var token)
        {
            if (token != XmlToken.Start)
            {
                continue;
            }
            if (xml.LocalName.SequenceEqual("p"u8))
            {
                text.Append(paragraphs++ > 0 ? "\n" : "");
                ParagraphText.Append(text, xml);
            }
            else if (xml.LocalName.SequenceEqual("tcPr"u8))
            {
                (span, continues) = ReadProperties(xml);
            }
            else
            {
                xml.Skip();
            }
        }
        if (columns.Count + (long)span > MaxColumns)
        {
            throw new InvalidDataException("a table has more than 16384 columns");
        }
        var own = text.ToString().Trim();
        text.Clear();
        for (var i = 0; i < span; i++)
        {
            columns.Add(continues && columns.Count < above.Length ? above[columns.Count] : own);
        }
    }

    private static (int Span, bool Continues) ReadProperties(XmlScanner xml)
    {
        var (span, continues) = (1, false);
        while (xml.Read() is not XmlToken.End and var token)
        {
            if (token != XmlToken.Start)
            {
                continue;
            }
            var value = Value(xml.Attributes);
            if (xml.LocalName.SequenceEqual("gridSpan"u8) && Utf8Parser.TryParse(value, out int columns, out _) && columns > 0)
            {
                span = columns;
            }
            continues |= xml.LocalName.SequenceEqual("vMerge"u8) && !value.SequenceEqual("restart"u8);
            xml.Skip();
        }
        return (span, continues);
    }

    private static ReadOnlySpan<byte> Value(XmlAttributes attributes)
    {
        while (attributes.Next())
        {
            if (attributes.LocalName.SequenceEqual("val"u8))
            {
                return attributes.Value;
            }
        }
        return default;
    }
}
