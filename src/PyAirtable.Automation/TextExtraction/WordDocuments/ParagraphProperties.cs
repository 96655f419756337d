using System.Buffers.Binary;
using PyAirtable.Automation.TextExtraction.CompoundFiles;

namespace PyAirtable.Automation.TextExtraction.WordDocuments;

/// <summary>Says of paragraphs whether they stand in tables, from the pages of paragraph properties ([MS-DOC] 2.8.6, 2.9.115 and 2.9.112).</summary>
internal sealed class ParagraphProperties(WordFile file)
{
    private const int PlacesOfPages = 13;
    private const int PageSize = 512;
    private const int RunSize = 13;
    private const ushort InTable = 0x2416;
    private const ushort EndsRow = 0x2417;
    private const ushort Elsewhere = 0x6646;
    private const ushort DefinitionOfTable = 0xD608;
    private const ushort TabStops = 0xC615;

    /// <summary>Properties of the paragraph whose end is at this place of the document's stream.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public (bool InTable, bool EndsRow) At(long place)
    {
        var table = new BinaryFields(file.Structure(PlacesOfPages));
        var count = (table.Length - 4) / 8;
        var index = LastNotAfter(table, count, place);
        if (index < 0)
        {
            return default;
        }
        var page = new BinaryFields(new BinaryFields(file.Document).Slice(PageSize * (long)(table.UInt32((4 * (count + 1)) + (4 * index)) & 0x3FFFFF), PageSize));
        var runs = page.Byte(PageSize - 1);
        var run = LastNotAfter(page, runs, place);
        var at = run < 0 ? 0 : 2 * page.Byte((4 * (runs + 1)) + (RunSize * run));
        if (at == 0)
        {
            return default;
        }
        // Half its length, rounded up; or zero and then half its length. Two bytes name the style.
        var half = page.Byte(at);
        var properties = half == 0 ? page.Slice(at + 2, 2 * page.Byte(at + 1)) : page.Slice(at + 1, (2 * half) - 1);
        return Apply(properties.Length < 2 ? [] : properties[2..], mayBeElsewhere: true);
    }

    // Number of the range that the place is in; -1 when it is in none.
    private static int LastNotAfter(BinaryFields table, int count, long place)
    {
        var (low, high) = (0, count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (table.UInt32(4 * middle) <= place)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }
        return high >= 0 && place < table.UInt32(4 * count) ? high : -1;
    }

    private (bool InTable, bool EndsRow) Apply(ReadOnlySpan<byte> properties, bool mayBeElsewhere)
    {
        var (inTable, endsRow) = (false, false);
        while (properties.Length > 2)
        {
            var property = BinaryPrimitives.ReadUInt16LittleEndian(properties);
            var operand = properties[2..];
            switch (property)
            {
                case InTable:
                    inTable = operand[0] != 0;
                    break;
                case EndsRow:
                    endsRow = operand[0] != 0;
                    break;
                case Elsewhere when mayBeElsewhere:
                    var data = new BinaryFields(file.Data);
                    var start = new BinaryFields(operand).UInt32(0);
                    return Apply(data.Slice(start + 2L, data.UInt16(start)), mayBeElsewhere: false);
            }
            var size = Size(property, new(operand));
            properties = size < operand.Length ? operand[size..] : [];
        }
        return (inTable, endsRow);
    }

    // Bytes of a property's operand: three of the bits say how many ([MS-DOC] 2.6.1); two properties have their own rule.
    private static int Size(ushort property, BinaryFields operand) => (property >> 13) switch
    {
        0 or 1 => 1,
        2 or 4 or 5 => 2,
        3 => 4,
        7 => 3,
        _ when property == DefinitionOfTable => operand.UInt16(0) + 1,
        _ when property == TabStops && operand.Byte(0) == byte.MaxValue => TabStopsSize(operand),
        _ => operand.Byte(0) + 1,
    };

    // Stops that are taken away, four bytes each, and stops that are set, three bytes each.
    private static int TabStopsSize(BinaryFields operand)
    {
        var added = 2 + (4 * operand.Byte(1));
        return added + 1 + (3 * operand.Byte(added));
    }
}
