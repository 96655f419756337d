using System.Text;

namespace PyAirtable.Automation.TextExtraction.CompoundFiles;

/// <summary>Title and author of a document, from the property set that every Office document has ([MS-OLEPS] 2.21 and 3.1).</summary>
/// <param name="Title">Empty when there is none.</param>
/// <param name="Author">Empty when there is none.</param>
internal sealed record SummaryInformation(string Title, string Author)
{
    private const string StreamName = "\u0005SummaryInformation";
    private const uint CodePageId = 1;
    private const uint TitleId = 2;
    private const uint AuthorId = 4;
    private const ushort NarrowText = 30;
    private const ushort WideText = 31;
    private const int MostProperties = 256;

    /// <summary>Reads it; what is missing or damaged is empty, since the document itself can still be read.</summary>
    public static SummaryInformation Read(CompoundFile file)
    {
        try
        {
            return file.Read(StreamName) is { } bytes ? Parse(new(bytes)) : new("", "");
        }
        catch (InvalidDataException)
        {
            return new("", "");
        }
    }

    private static SummaryInformation Parse(BinaryFields stream)
    {
        var start = stream.UInt32(44);
        var places = new Dictionary<uint, long>();
        var count = Math.Min(stream.UInt32(start + 4L), MostProperties);
        for (var i = 0L; i < count; i++)
        {
            places[stream.UInt32(start + 8 + (8 * i))] = start + (long)stream.UInt32(start + 12 + (8 * i));
        }
        var codePage = places.TryGetValue(CodePageId, out var at) ? CodePages.Find(stream.UInt16(at + 4)) : CodePages.Western;
        return new(Text(stream, places, TitleId, codePage), Text(stream, places, AuthorId, codePage));
    }

    private static string Text(BinaryFields stream, Dictionary<uint, long> places, uint id, Encoding? codePage)
    {
        if (!places.TryGetValue(id, out var at))
        {
            return "";
        }
        var length = stream.UInt32(at + 4);
        var text = stream.UInt16(at) switch
        {
            NarrowText when codePage is not null => codePage.GetString(stream.Slice(at + 8, length)),
            WideText => Encoding.Unicode.GetString(stream.Slice(at + 8, 2L * length)),
            _ => "",
        };
        return text.Split('\0')[0].Trim();
    }
}
