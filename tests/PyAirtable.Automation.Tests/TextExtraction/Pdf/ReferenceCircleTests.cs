using PyAirtable.Automation.TextExtraction.Pdf;

namespace PyAirtable.Automation.Tests.TextExtraction.Pdf;

public sealed class ReferenceCircleTests
{
    [Theory]
    [InlineData("1 0 obj 1 0 R endobj", true)]
    [InlineData("1 0 obj\r\n\t1  0\nR\nendobj", true)]
    [InlineData("11 0 obj 12 0 R endobj 12 0 obj 13 0 R endobj 13 0 obj 12 0 R endobj", true)]
    [InlineData("1 0 obj 2 0 R endobj 2 0 obj 3 0 R endobj 3 0 obj (text) endobj", false)]
    [InlineData("1 0 obj << /A 1 0 R >> endobj", false)]
    [InlineData("1 0 obj [1 0 R] endobj", false)]
    [InlineData("1 0 obj 1 endobj 1 0 R endobj", false)]
    [InlineData("obj 1 0 R endobj", false)]
    [InlineData("1 0 obj 1 0 R", false)]
    [InlineData("1 0 obj", false)]
    [InlineData("", false)]
    public void IsIn_Objects_TellsWhetherTheyLeadToThemselves(string file, bool expected) => Assert.Equal(expected, ReferenceCircle.IsIn(PdfBuilder.Bytes(file)));
}
