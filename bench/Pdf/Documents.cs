using PyAirtable.Automation.Tests.TextExtraction.Pdf;

namespace PyAirtable.Bench.Pdf;

/// <summary>Makes the documents that are read: 45 lines of 80 characters a page, compressed.</summary>
internal static class Documents
{
    private const int Lines = 45;
    private const int Characters = 80;

    private static readonly string[] Words = ["the", "quick", "report", "of", "records", "that", "airtable", "keeps", "in", "tables", "and", "views", "for", "automation"];

    /// <summary>Writes them; gives their paths.</summary>
    public static List<string> Write(string folder) =>
    [
        Save(folder, "36-pages.pdf", Of(36).Build()),
        Save(folder, "1000-pages.pdf", Of(1000).Build()),
        Save(folder, "1000-pages-in-object-streams.pdf", Of(1000).BuildCompressed()),
    ];

    private static string Save(string folder, string name, byte[] content)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private static PdfBuilder Of(int count)
    {
        var random = new Random(count);
        var pdf = PdfBuilder.OfPages();
        var pages = new List<int>();
        for (var page = 0; page < count; page++)
        {
            var lines = Enumerable.Range(0, Lines).Select(_ => Line(random)).ToArray();
            var content = pdf.AddStream("/Filter /FlateDecode", PdfBuilder.Deflate(PdfBuilder.Bytes(PdfBuilder.Lines(lines))));
            pages.Add(pdf.AddPage($"/Contents {content} 0 R"));
        }
        pdf.Set(PdfBuilder.Pages, $"<< /Type /Pages /Count {count} /Kids [{string.Join(' ', pages.Select(page => $"{page} 0 R"))}] >>");
        return pdf;
    }

    private static string Line(Random random)
    {
        var line = Words[random.Next(Words.Length)];
        while (line.Length < Characters)
        {
            line += " " + Words[random.Next(Words.Length)];
        }
        return line;
    }
}
