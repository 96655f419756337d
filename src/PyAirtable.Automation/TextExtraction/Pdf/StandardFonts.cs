using System.Runtime.CompilerServices;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.AdobeFontMetrics;

namespace PyAirtable.Automation.TextExtraction.Pdf;

/// <summary>
/// Fonts that documents need not bring along (ISO 32000-1, 9.6.2.2), in the library's own tables. The library would read the metrics of
/// all of them, under each of their names, as soon as one is asked for, which takes longer than the text of a short document; the
/// compiler leaves that out (Substitutions.xml), and each is read here when a document names it. Where nothing is left out, the tables
/// are full and this does nothing. It is for one thread: a process extracts one document.
/// </summary>
internal static class StandardFonts
{
    private const string Tables = "UglyToad.PdfPig.Fonts.Standard14Fonts.Standard14, UglyToad.PdfPig.Fonts";

    /// <summary>Each font's names, the one of its metrics first.</summary>
    public static readonly string[][] Names =
    [
        ["Courier", "CourierCourierNew", "CourierNew"],
        ["Courier-Bold", "CourierNew,Bold"],
        ["Courier-BoldOblique", "CourierNew,BoldItalic"],
        ["Courier-Oblique", "CourierNew,Italic"],
        ["Helvetica", "Arial", "ArialMT"],
        ["Helvetica-Bold", "Arial,Bold", "Arial-BoldMT", "Arial-BoldMT,Bold"],
        ["Helvetica-BoldOblique", "Arial,BoldItalic", "Arial-BoldItalicMT"],
        ["Helvetica-Oblique", "Arial,Italic", "Arial-ItalicMT"],
        ["Symbol", "Symbol,Italic", "Symbol,Bold", "Symbol,BoldItalic"],
        ["Times-Bold", "TimesNewRoman,Bold", "Times,Bold"],
        ["Times-BoldItalic", "TimesNewRoman,BoldItalic", "Times,BoldItalic"],
        ["Times-Italic", "TimesNewRoman,Italic", "Times,Italic"],
        ["Times-Roman", "TimesNewRoman", "Times"],
        ["ZapfDingbats"],
    ];

    /// <summary>Tells the library the names; before it opens a document.</summary>
    public static void Name()
    {
        var (known, mapped) = (KnownNames(null), MappedNames(null));
        foreach (var names in Names)
        {
            foreach (var name in names)
            {
                known.Add(name);
                mapped.TryAdd(name, names[0]);
            }
        }
    }

    /// <summary>Gives the library the metrics of a font that a document names; of one that is no standard font it has none.</summary>
    public static void Load(string name)
    {
        var metrics = Metrics(null);
        if (!metrics.ContainsKey(name) && MappedNames(null).TryGetValue(name, out var file))
        {
            metrics[name] = Read(file);
        }
    }

    /// <summary>The metrics in one of the library's files.</summary>
    public static AdobeFontMetrics Read(string file)
    {
        using var resource = typeof(AdobeFontMetrics).Assembly.GetManifestResourceStream($"UglyToad.PdfPig.Fonts.Resources.AdobeFontMetrics.{file}.afm")
            ?? throw new InvalidOperationException($"The PDF library has no metrics of {file}");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        using var input = new MemoryInputBytes(bytes);
        return AdobeFontMetricsParser.Parse(input, useReducedDataSet: true);
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "Standard14Cache")]
    private static extern ref Dictionary<string, AdobeFontMetrics> Metrics([UnsafeAccessorType(Tables)] object? tables);

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "Standard14Mapping")]
    private static extern ref Dictionary<string, string> MappedNames([UnsafeAccessorType(Tables)] object? tables);

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "Standard14Names")]
    private static extern ref HashSet<string> KnownNames([UnsafeAccessorType(Tables)] object? tables);
}
