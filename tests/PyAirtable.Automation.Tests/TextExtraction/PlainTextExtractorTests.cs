using PyAirtable.Automation.TextExtraction;

namespace PyAirtable.Automation.Tests.TextExtraction;

public sealed class PlainTextExtractorTests
{
    // The contract's table (2.6), with D19 where the original failed.
    public static TheoryData<string, string, string, int, int> Texts => new()
    {
        { "", "", "utf-8", 0, 0 },
        { "FFFE68006900", "hi", "utf-16", 2, 1 },
        { "FEFF00680069", "hi", "utf-16", 2, 1 },
        { "636166E920", "café ", "latin-1", 5, 1 },
        { "636166E9", "café", "latin-1", 4, 1 },
        { "EFBBBF68690D0A796F0D", "\uFEFFhi\nyo\n", "utf-8", 7, 3 },
        { "68656C6C6F0A776F726C640A", "hello\nworld\n", "utf-8", 12, 3 },
        { "F09F9880", "😀", "utf-8", 1, 1 },
        { "610062", "a\uFFFDb", "utf-8", 3, 1 },
        { "61C2850AE280A8", "a\u0085\n\u2028", "utf-8", 4, 2 },
    };

    [Theory]
    [Contract("2.6 TXT", "D19", "9.5")]
    [MemberData(nameof(Texts))]
    public void Extract_Bytes_GiveTextAndMetadata(string bytes, string text, string encoding, int characters, int lines)
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, Convert.FromHexString(bytes));
        var found = new PlainTextExtractor().Extract(path, TestContext.Current.CancellationToken);
        File.Delete(path);

        Assert.Equal(text, found.Content);
        Assert.Equal($$"""{"file_type":".txt","encoding":"{{encoding}}","character_count":{{characters}},"line_count":{{lines}}}""", found.Metadata);
    }
}
