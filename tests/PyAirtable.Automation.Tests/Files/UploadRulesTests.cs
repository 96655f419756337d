using PyAirtable.Automation.Files;

namespace PyAirtable.Automation.Tests.Files;

public sealed class UploadRulesTests
{
    [Theory]
    [InlineData("a.pdf", null)]
    [InlineData("a.PDF", null)]
    [InlineData("a.txt", 400)]
    [InlineData("pdf", 400)]
    [InlineData("a.pdf\0", 400)]
    public void Refuse_Name_ByItsExtension(string name, int? status) => Assert.Equal(status, new UploadRules([".zip", ".pdf"], 10).Refuse(name)?.Status);
}
