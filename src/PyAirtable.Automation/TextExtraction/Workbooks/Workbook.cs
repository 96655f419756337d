using PyAirtable.Automation.TextExtraction.Packages;
using PyAirtable.Automation.TextExtraction.Sheets;

namespace PyAirtable.Automation.TextExtraction.Workbooks;

/// <summary>A workbook's list of sheets and what their cells refer to.</summary>
internal sealed class Workbook : IDisposable
{
    private readonly ZipPackage _package;

    private Workbook(ZipPackage package, List<PackageRelationship> parts)
    {
        _package = package;
        Formats = CellFormats.Read(package, parts.Find(part => part.Type == "styles")?.Target);
        Strings = new SharedStrings(package, parts.Find(part => part.Type == "sharedStrings")?.Target, Texts);
    }

    /// <summary>Name and part of each sheet, in the workbook's order. Charts are no sheets.</summary>
    public List<(string Name, string Part)> Sheets { get; } = [];

    /// <summary>Styles that show dates.</summary>
    public CellFormats Formats { get; }

    /// <summary>All texts of cells.</summary>
    public CellTexts Texts { get; } = new();

    /// <summary>Texts that cells share.</summary>
    public SharedStrings Strings { get; }

    /// <summary>True when day 0 is the first of 1904.</summary>
    public bool IsFrom1904 { get; private set; }

    /// <summary>Reads the list.</summary>
    /// <exception cref="InvalidDataException">The archive holds no workbook.</exception>
    public static Workbook Open(ZipPackage package)
    {
        var main = PackageRelationship.Read(package, "").Find(part => part.Type == "officeDocument")?.Target;
        using var xml = (main is null ? null : package.Scan(main)) ?? throw new InvalidDataException("the archive holds no workbook");
        var parts = PackageRelationship.Read(package, main!);
        var workbook = new Workbook(package, parts);
        if (xml.Read() != XmlToken.Start || !xml.LocalName.SequenceEqual("workbook"u8))
        {
            throw new InvalidDataException("the file is not an Excel file");
        }
        while (xml.Read() is not XmlToken.None and var token)
        {
            if (token == XmlToken.Start && xml.LocalName.SequenceEqual("workbookPr"u8))
            {
                workbook.IsFrom1904 = StartsIn1904(xml.Attributes);
            }
            else if (token == XmlToken.Start && xml.Depth == 3 && xml.LocalName.SequenceEqual("sheet"u8))
            {
                workbook.AddSheet(xml.Attributes, parts);
            }
        }
        return workbook;
    }

    /// <summary>A reader of a sheet's part; null when the part is missing.</summary>
    public XmlScanner? Scan(string part) => _package.Scan(part);

    public void Dispose() => Strings.Dispose();

    private void AddSheet(XmlAttributes attributes, List<PackageRelationship> parts)
    {
        string name = "", id = "";
        while (attributes.Next())
        {
            if (attributes.Name.SequenceEqual("name"u8))
            {
                name = XmlText.Of(attributes.Value);
            }
            else if (attributes.LocalName.SequenceEqual("id"u8))
            {
                id = XmlText.Of(attributes.Value);
            }
        }
        if (parts.Find(part => part.Id == id && part.Type == "worksheet") is { } sheet)
        {
            Sheets.Add((name, sheet.Target));
        }
    }

    private static bool StartsIn1904(XmlAttributes attributes)
    {
        while (attributes.Next())
        {
            if (attributes.Name.SequenceEqual("date1904"u8))
            {
                return attributes.Value.SequenceEqual("1"u8) || attributes.Value.SequenceEqual("true"u8);
            }
        }
        return false;
    }
}
