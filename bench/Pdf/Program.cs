// Text of PDF files beside pdftotext, CPU time of whole processes. Usage: pdf-bench [--rounds 9] [file.pdf …]; it calls itself as
// "pdf-bench read <file>" to extract one file.
using System.Globalization;
using PyAirtable.Automation.TextExtraction.Pdf;
using PyAirtable.Bench.Pdf;

if (args is ["read", var path])
{
    var found = new PdfExtractor(1000).Extract(path, CancellationToken.None);
    await Console.Out.WriteAsync(found.Content);
    await Console.Error.WriteLineAsync(found.Error ?? found.Metadata);
    return found.Error is null ? 0 : 1;
}
var rounds = args is ["--rounds", var number, ..] ? int.Parse(number, CultureInfo.InvariantCulture) : 9;
var given = args.SkipWhile(argument => !argument.EndsWith(".pdf", StringComparison.Ordinal)).ToList();
var folder = Directory.CreateTempSubdirectory("pdf-bench").FullName;
try
{
    return Comparison.Run(given.Count > 0 ? given : Documents.Write(folder), rounds);
}
finally
{
    Directory.Delete(folder, recursive: true);
}
