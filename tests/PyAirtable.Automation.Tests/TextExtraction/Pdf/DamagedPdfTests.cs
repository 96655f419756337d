using PyAirtable.Automation.TextExtraction.Pdf;

namespace PyAirtable.Automation.Tests.TextExtraction.Pdf;

/// <summary>What chance may do to a file. Those that are made to harm are read by the extraction's own process: see the isolation's tests.</summary>
public sealed class DamagedPdfTests
{
    private static readonly string Text = PdfBuilder.Lines("Hello one", "line2");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Extract_Damaged_GivesTextOrTheContractsError(bool compressed)
    {
        var pdf = PdfBuilder.OfPages(Text, "");
        pdf.Trailer = $"/Info {pdf.Add("<< /Title (My T) >>")} 0 R";
        foreach (var damaged in DocumentFile.Damaged(compressed ? pdf.BuildCompressed() : pdf.Build()))
        {
            var error = new PdfExtractor(1000).Extract(damaged, ".pdf").Error;

            Assert.True(error is null || error.StartsWith("PDF extraction failed: ", StringComparison.Ordinal), error);
        }
    }
}
