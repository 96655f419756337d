using UglyToad.PdfPig.Filters;

namespace PyAirtable.Automation.TextExtraction.Pdf;

/// <summary>The filters that text can be packed with (ISO 32000-1, 7.4); those of images alone are left out.</summary>
/// <param name="cancel">Looked at for each stream that is unpacked.</param>
internal sealed class TextFilters(CancellationToken cancel) : BaseFilterProvider(Filters(cancel))
{
    private static Dictionary<string, IFilter> Filters(CancellationToken cancel)
    {
        var flate = new BoundedFlateFilter(cancel);
        var lzw = new LzwFilter();
        var ascii85 = new Ascii85Filter();
        var asciiHex = new AsciiHexDecodeFilter();
        var runLength = new RunLengthFilter();
        return new()
        {
            ["FlateDecode"] = flate,
            ["Fl"] = flate,
            ["LZWDecode"] = lzw,
            ["LZW"] = lzw,
            ["ASCII85Decode"] = ascii85,
            ["A85"] = ascii85,
            ["ASCIIHexDecode"] = asciiHex,
            ["AHx"] = asciiHex,
            ["RunLengthDecode"] = runLength,
            ["RL"] = runLength,
        };
    }
}
