using System.Globalization;
using BenchmarkDotNet.Attributes;
using PyAirtable.Automation.Tests.TextExtraction;
using PyAirtable.Automation.Tests.TextExtraction.Pdf;
using PyAirtable.Automation.TextExtraction;

namespace PyAirtable.Bench.Micro;

/// <summary>Text of small files: tables of 1,000 rows of text, whole numbers, decimals and dates, and two pages of 45 lines.</summary>
[MemoryDiagnoser]
public class TextExtractionBenchmarks : IDisposable
{
    private const int Rows = 1000;

    private readonly string _folder = Directory.CreateTempSubdirectory("text-extraction-").FullName;
    private readonly TextExtractors _extractors = new(maxPdfPages: 1000);
    private readonly string _csv;
    private readonly string _xlsx;
    private readonly string _pdf;

    public TextExtractionBenchmarks()
    {
        _csv = Write("table.csv", PdfBuilder.Bytes("text,whole,decimal,date\n" + string.Concat(Enumerable.Range(0, Rows).Select(row =>
            string.Create(CultureInfo.InvariantCulture, $"some text {row % 7},{row},{row / 8.0},2025-01-{(row % 28) + 1:00}\n")))));
        _xlsx = Write("table.xlsx", OfficeFile.Xlsx(("S", OfficeFile.Row("text", "whole", "decimal", "date") + string.Concat(Enumerable.Range(0, Rows).Select(row =>
            string.Create(CultureInfo.InvariantCulture, $"<row><c t=\"inlineStr\"><is><t>some text {row % 7}</t></is></c><c><v>{row}</v></c><c><v>{row / 8.0}</v></c><c s=\"1\"><v>{45658 + (row % 28)}</v></c></row>"))))));
        var lines = Enumerable.Range(0, 45).Select(line => $"line {line} of a page of text as reports have it").ToArray();
        _pdf = Write("pages.pdf", PdfBuilder.OfPages(PdfBuilder.Lines(lines), PdfBuilder.Lines(lines)).Build());
    }

    [Benchmark]
    public object Csv() => _extractors.Extract(_csv, CancellationToken.None);

    [Benchmark]
    public object Xlsx() => _extractors.Extract(_xlsx, CancellationToken.None);

    [Benchmark]
    public object Pdf() => _extractors.Extract(_pdf, CancellationToken.None);

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
