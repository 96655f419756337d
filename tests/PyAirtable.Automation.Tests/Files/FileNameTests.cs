using PyAirtable.Automation.Files;

namespace PyAirtable.Automation.Tests.Files;

public sealed class FileNameTests
{
    [Theory]
    [InlineData("a.TXT", ".TXT")]
    [InlineData("a.tar.csv", ".csv")]
    [InlineData(".pdf", "")]
    [InlineData("noext", "")]
    [InlineData("dir.x/name", "")]
    [InlineData("../../etc/x.txt", ".txt")]
    [InlineData("a.", ".")]
    public void Extension_Name_IsWhatFollowsTheLastDot(string name, string expected) => Assert.Equal(expected, FileType.Extension(name));

    [Theory]
    [InlineData("form-data; name=\"file\"; filename=\"a b.txt\"", "file", "a b.txt")]
    [InlineData("form-data; name=\"file\"; filename=\"a\\\"b\\\\c;%41.txt\"", "file", "a\"b\\c;%41.txt")]
    [InlineData("form-data; name=file; filename=x.txt", "file", "x.txt")]
    [InlineData("form-data; filename=\"\"; name=\"file\"", "file", "")]
    [InlineData("form-data; name=\"file\"", "file", null)]
    [InlineData("form-data", null, null)]
    [InlineData(null, null, null)]
    public void Parse_Header_FindsNameAndFilename(string? header, string? name, string? filename) =>
        Assert.Equal(new ContentDisposition(name, filename), ContentDisposition.Parse(header));
}
