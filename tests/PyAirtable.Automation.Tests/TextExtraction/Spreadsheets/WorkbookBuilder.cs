using System.Text;
using PyAirtable.Automation.Tests.TextExtraction.CompoundFiles;

namespace PyAirtable.Automation.Tests.TextExtraction.Spreadsheets;

/// <summary>Writes workbooks of Excel 97 to 2003 ([MS-XLS]) with the records that a reader of values needs.</summary>
internal static class WorkbookBuilder
{
    private static readonly byte[] End = Record(0x000A);

    /// <summary>Format 0 is general, 1 a date, 2 a format of the workbook's own.</summary>
    public const string OwnFormat = "yyyy\\-mm\\-dd \"at\" hh:mm";

    /// <summary>A whole file; cells are null, text, numbers, bool or DateTime.</summary>
    public static byte[] Build(params (string Name, object?[][] Rows)[] sheets)
    {
        var texts = sheets.SelectMany(sheet => sheet.Rows).SelectMany(row => row).OfType<string>().Distinct().ToList();
        return Build(SharedStrings(texts), [.. sheets.Select(sheet => (sheet.Name, CellsOf(sheet.Rows, texts)))]);
    }

    /// <summary>A whole file of records that are written already; those of <paramref name="shared"/> stand before the sheets.</summary>
    public static byte[] Build(byte[] shared, params (string Name, byte[] Records)[] sheets) =>
        CompoundFileBuilder.Build(("Workbook", Stream(shared, sheets)));

    /// <summary>The workbook's stream.</summary>
    public static byte[] Stream(byte[] shared, params (string Name, byte[] Records)[] sheets)
    {
        byte[] start =
        [
            .. Start(0x0005),
            .. Record(0x041E, [164, 0, .. Text16(OwnFormat)]),
            .. Record(0x00E0, [0, 0, 0, 0, .. new byte[16]]),
            .. Record(0x00E0, [0, 0, 14, 0, .. new byte[16]]),
            .. Record(0x00E0, [0, 0, 164, 0, .. new byte[16]]),
            .. shared,
        ];
        var place = start.Length + sheets.Sum(sheet => SheetName(0, sheet.Name).Length) + End.Length;
        var names = new List<byte>();
        var substreams = new List<byte>();
        foreach (var (name, records) in sheets)
        {
            names.AddRange(SheetName(place + substreams.Count, name));
            substreams.AddRange([.. Start(0x0010), .. records, .. End]);
        }
        return [.. start, .. names, .. End, .. substreams];
    }

    /// <summary>A record.</summary>
    public static byte[] Record(int id, params byte[] content) => [.. Bytes16(id), .. Bytes16(content.Length), .. content];

    /// <summary>The beginning of a cell's record: row, column, format.</summary>
    public static byte[] Cell(int row, int column, int format = 0) => [.. Bytes16(row), .. Bytes16(column), .. Bytes16(format)];

    /// <summary>Text behind two bytes of length.</summary>
    public static byte[] Text16(string text) => [.. Bytes16(text.Length), .. Characters(text)];

    public static byte[] Bytes16(int value) => BitConverter.GetBytes((ushort)value);

    public static byte[] SharedStrings(IReadOnlyList<string> texts) =>
        Record(0x00FC, [.. BitConverter.GetBytes(texts.Count), .. BitConverter.GetBytes(texts.Count), .. texts.SelectMany(Text16)]);

    /// <summary>The records of cells.</summary>
    public static byte[] CellsOf(object?[][] rows, IReadOnlyList<string> texts)
    {
        var cells = new List<byte>();
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < rows[row].Length; column++)
            {
                cells.AddRange(rows[row][column] switch
                {
                    null => [],
                    string text => Record(0x00FD, [.. Cell(row, column), .. BitConverter.GetBytes(texts.Index().First(found => found.Item == text).Index)]),
                    bool value => Record(0x0205, [.. Cell(row, column), value ? (byte)1 : (byte)0, 0]),
                    DateTime date => Record(0x0203, [.. Cell(row, column, 1), .. BitConverter.GetBytes(date.ToOADate())]),
                    // Small whole numbers are packed, as Excel does it.
                    int number => Record(0x027E, [.. Cell(row, column), .. BitConverter.GetBytes((number << 2) | 2)]),
                    double number => Record(0x0203, [.. Cell(row, column), .. BitConverter.GetBytes(number)]),
                    var other => throw new ArgumentException($"{other} is no cell"),
                });
            }
        }
        return [.. cells];
    }

    private static byte[] Start(int kind) => Record(0x0809, [.. Bytes16(0x0600), .. Bytes16(kind), .. new byte[12]]);

    private static byte[] SheetName(int place, string name) => Record(0x0085, [.. BitConverter.GetBytes(place), 0, 0, (byte)name.Length, .. Characters(name)]);

    private static byte[] Characters(string text) => text.All(unit => unit < 256) ? [0, .. Encoding.Latin1.GetBytes(text)] : [1, .. Encoding.Unicode.GetBytes(text)];
}
